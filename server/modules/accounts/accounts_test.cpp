#include <doctest/doctest.h>

#include "test/support/office.hpp"

namespace doorstep::test {
namespace {

accounts::NewAccount new_account(const std::string& name, const std::string& email) {
    accounts::NewAccount input;
    input.name.value = name;
    input.owner_email.value = email;
    input.owner_name.value = "Owner";
    return input;
}

} // namespace

TEST_CASE("accounts: the code comes from the name and is nobody else's") {
    Office office;
    CHECK(office.ada.agent_code.starts_with("ada-homes-"));
    CHECK(office.ada.agent_code.size() == 14);
    auto twin = office.open("Ada Homes", "twin@example.com");
    CHECK(twin.agent_code.starts_with("ada-homes-"));
    CHECK(twin.agent_code != office.ada.agent_code);
    CHECK(office.open("  --R&B  Realty, LLC.", "c@example.com").agent_code.starts_with("r-b-realty-llc-"));
    CHECK(office.open("東京", "d@example.com").agent_code.starts_with("agent-"));
    auto longest = office.open(std::string(100, 'x'), "e@example.com").agent_code;
    CHECK(longest.starts_with(std::string(32, 'x') + "-"));
    CHECK(longest.size() == 37);
}

TEST_CASE("accounts: a parent is an agency") {
    Office office;
    Context ctx(office.clock);
    auto child = new_account("Child", "child@example.com");
    child.parent_id = office.ada.account_id;
    CHECK_THROWS_AS(run(office.io, office.a.accounts.open(ctx, child, "hash")), Error);
    child.parent_id = Id<accounts::Account>::make(office.clock.now());
    try {
        run(office.io, office.a.accounts.open(ctx, child, "hash"));
        FAIL("no error");
    } catch (const Error& error) {
        CHECK(error.status == 422);
        CHECK(error.fields.at(0).field == "parent_id");
    }
    CHECK(office.store.value("select count(*) from users where email = 'child@example.com'") == "0");

    auto agency = new_account("Agency", "agency@example.com");
    agency.kind = accounts::Kind::agency;
    auto opened = run(office.io, office.a.accounts.open(ctx, agency, "hash"));
    child.parent_id = opened.account_id;
    auto under = run(office.io, office.a.accounts.open(ctx, child, "hash"));
    CHECK(
        office.store.value("select parent_id from accounts where id = '" + under.account_id.text() + "'") ==
        opened.account_id.text()
    );
}

TEST_CASE("accounts: a user who exists keeps the password, one who never proved the address does not") {
    Office office;
    Context ctx(office.clock);
    auto second = run(office.io, office.a.accounts.open(ctx, new_account("Second", "ADA@example.com"), "another hash"));
    CHECK(second.user_id == office.ada.user_id);
    CHECK(office.store.value("select count(*) from memberships where role = 'owner'") == "2");
    CHECK(office.try_sign_in(office.a, "ada@example.com").status == 200);

    auto squatted = office.open("Squatted", "bob@example.com");
    office.store.exec("update users set email_verified_at = null where email = 'bob@example.com'");
    auto taken = run(office.io, office.a.accounts.open(ctx, new_account("Bob's", "bob@example.com"), "bob's hash"));
    CHECK(taken.user_id == squatted.user_id);
    CHECK(office.store.value("select password_hash from users where email = 'bob@example.com'") == "bob's hash");
    CHECK(office.store.value("select email_verified_at is not null from users where email = 'bob@example.com'") == "t");
}

TEST_CASE("accounts: one is seen by itself alone") {
    Office office;
    auto bob = office.open("Bob's", "bob@example.com");
    Context ctx(office.clock);
    ctx.account_id = office.ada.account_id.value;
    CHECK(run(office.io, office.a.accounts.require_account(ctx, office.ada.account_id)).zone.value == "America/New_York");
    CHECK_THROWS_WITH(run(office.io, office.a.accounts.require_account(ctx, bob.account_id)), "There is no such account.");
}

TEST_CASE("accounts: what outgoing messages carry") {
    Office office;
    Context ctx(office.clock);
    ctx.account_id = office.ada.account_id.value;
    auto profile = run(office.io, office.a.accounts.sending_profile(ctx));
    CHECK(profile.account_name == "Ada Homes");
    CHECK(profile.agent_name == "Ada");
    CHECK_FALSE(profile.from_email);
    CHECK(profile.quiet_from == 480);
    CHECK(profile.quiet_until == 1260);
    CHECK(profile.daily_cap == 3);
    ctx.account_id = {};
    CHECK_THROWS_WITH(run(office.io, office.a.accounts.sending_profile(ctx)), "There is no such account.");
}

} // namespace doorstep::test
