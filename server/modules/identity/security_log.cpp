// What the history, the security log and the person's mail are told of signing in.

#include "modules/identity/identity.hpp"
#include "modules/identity/internal.hpp"
#include "modules/identity/jobs.hpp"

namespace doorstep::identity {
namespace {

const db::Query person_by_email_sql{"identity.person_by_email", R"sql(
    select u.id, u.name, u.email, m.account_id
      from users u
)sql" HOME_MEMBERSHIP R"sql(
     where u.email_key = $1 and u.email_verified_at is not null
)sql"};

const db::Query count_failure_sql{"identity.count_failure", R"sql(
    select app.count_sign_in_failure($1, $2)
)sql"};

const db::Query locked_sql{"identity.locked", R"sql(
    select max(locked_until) from sign_in_failures where key = any ($1) and locked_until > $2
)sql"};

struct Refusal {
    std::string method;
    std::optional<Time> locked_until;
    BOOST_DESCRIBE_CLASS(Refusal, (), (method, locked_until), (), ())
};

} // namespace

const db::Query& person_by_email() {
    return person_by_email_sql;
}

const db::Query& locked_query() {
    return locked_sql;
}

const db::Query& count_failure_query() {
    return count_failure_sql;
}

Task<> Identity::note(db::Session& tx, const doorstep::Context& actor, std::string kind, Json details) {
    events_.record(tx, actor, {.kind = kind});
    audit::Act act{
        .action = std::move(kind),
        .subject_kind = "user",
        .subject_id = actor.actor.id,
        .subject_name = actor.actor.name,
        .after = std::move(details),
    };
    co_await audit_.record(tx, actor, std::move(act));
}

Task<> Identity::note_about(
    db::Session& tx, const doorstep::Context& ctx, const Person& person, std::string kind, Json details
) {
    auto nobody = acting(ctx, person);
    nobody.actor = {};
    audit::Act act{
        .action = std::move(kind),
        .subject_kind = "user",
        .subject_id = person.id.value,
        .subject_name = person.name,
        .after = std::move(details),
    };
    co_await audit_.record(tx, nobody, std::move(act));
}

Task<> Identity::note_refusal(
    const doorstep::Context& ctx, const Person& person, std::string_view method, std::optional<Time> locked_until
) {
    Json details{to_json(Refusal{std::string(method), locked_until})};
    auto body = [&](db::Session& tx) -> Task<> { co_await note_about(tx, ctx, person, "sign_in_refused", details); };
    auto everyone = everywhere(ctx);
    co_await db_.transaction(everyone, body);
}

Task<std::optional<Time>> Identity::count_failure(
    const doorstep::Context& everyone, const Email& email, const std::vector<std::string>& keys
) {
    // By itself and first: what comes meanwhile with the right password is to see it.
    auto locked = co_await db_.one<std::optional<Time>>(everyone, count_failure_sql, keys, everyone.now());
    auto body = [&](db::Session& tx) -> Task<> {
        auto until = co_await tx.one<std::optional<Time>>(locked_sql, keys, everyone.now());
        // Whether there is such a person is found out later, so that the answer takes the same time for all.
        jobs::enqueue(tx, everyone, NoteFailure{email, until, everyone.ip, everyone.user_agent});
    };
    co_await db_.transaction(everyone, body);
    co_return locked;
}

Task<> Identity::note_failure(const Context& ctx, const Email& email, std::optional<Time> locked_until) {
    auto everyone = everywhere(ctx);
    auto person = co_await db_.maybe<Person>(everyone, person_by_email_sql, email.key());
    if (person) co_await note_refusal(everyone, *person, "password", locked_until);
}

Task<> Identity::note_act(db::Session& session, const http::Context& ctx, const std::string& operation_id) {
    audit::Act act{.action = operation_id, .subject_kind = "account", .subject_id = ctx.account_id};
    co_await audit_.record(session, ctx, std::move(act));
}

void Identity::alert(db::Session& tx, const Context& ctx, const Person& person, std::string_view what) {
    std::string at;
    Field<Time>::append(at, ctx.now());
    auto link = public_url_ + "/console/settings/security";
    letters_.post(
        tx, ctx,
        {"security_alert", person.email, person.name, {{"what", std::string(what)}, {"at", at}, {"ip", ctx.ip}, {"link", link}}}
    );
}

} // namespace doorstep::identity
