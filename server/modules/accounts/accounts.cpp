#include "modules/accounts/accounts.hpp"

#include "core/crypto.hpp"

namespace doorstep::accounts {
namespace {

const db::Query parent_sql{"accounts.parent", R"sql(
    select kind from accounts where id = $1 for key share
)sql"};

const db::Query insert_account_sql{"accounts.insert", R"sql(
    insert into accounts (id, parent_id, kind, name, agent_code, zone, created_at) values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (agent_code) do nothing
    returning id
)sql"};

// An account that nobody has proved to own may have been made by anybody: its password does not open a business.
const db::Query keep_user_sql{"accounts.keep_user", R"sql(
    insert into users as u (id, name, email, email_key, password_hash, email_verified_at, created_at)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (email_key) do update
       set password_hash = case when u.email_verified_at is null then excluded.password_hash else u.password_hash end,
           name = case when u.email_verified_at is null and excluded.email_verified_at is not null then excluded.name else u.name end,
           email_verified_at = coalesce(u.email_verified_at, excluded.email_verified_at)
    returning id, password_hash is distinct from $5 as has_password
)sql"};

const db::Query insert_owner_sql{"accounts.insert_owner", R"sql(
    insert into memberships (account_id, user_id, role, created_at) values ($1, $2, 'owner', $3)
)sql"};

const db::Query find_sql{"accounts.find", R"sql(
    select id, parent_id, kind, name, agent_code, zone, created_at from accounts where id = $1
)sql"};

const db::Query find_business_sql{"accounts.find_business", R"sql(
    select id, parent_id, kind, name, agent_code, zone, created_at from accounts where id = $2 and parent_id = $1
)sql"};

const db::Query sending_profile_sql{"accounts.sending_profile", R"sql(
    select a.name as account_name, a.zone, a.from_email, a.from_name, a.reply_to, a.signature, a.postal_address, a.language,
           a.agent_title, a.agent_phone, a.website, a.quiet_from, a.quiet_until, a.daily_cap,
           coalesce(a.agent_name, o.name, a.name) as agent_name
      from accounts a
      left join lateral (
          select u.name from memberships m join users u on u.id = m.user_id
           where m.account_id = a.id and m.role = 'owner' order by m.created_at, u.id limit 1
      ) o on true
     where a.id = $1
)sql"};

/// "Ada Homes, LLC" becomes "ada-homes-llc".
std::string slug(const std::string& name) {
    constexpr std::size_t longest = 32;
    std::string out;
    for (char c : to_lower_ascii(name)) {
        bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (out.size() == longest) break;
        if (kept) {
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x80 && !out.empty() && out.back() != '-') {
            out += '-';
        }
    }
    while (!out.empty() && out.back() == '-') out.pop_back();
    return out.empty() ? "agent" : out;
}

/// The code stands in public addresses: readable, but not to be had by counting up names.
std::string make_agent_code(const std::string& name) {
    constexpr std::string_view letters = "0123456789abcdefghjkmnpqrstvwxyz";
    unsigned char random[4];
    fill_random(random, sizeof random);
    auto code = slug(name) + "-";
    for (auto byte : random) code += letters[byte % letters.size()];
    return code;
}

struct Owner {
    Id<User> id;
    bool has_password = false; ///< another than the one given
    BOOST_DESCRIBE_CLASS(Owner, (), (id, has_password), (), ())
};

struct Made {
    Id<Account> id;
    std::string agent_code;
};

Task<Made> insert_account(
    db::Session& tx, std::optional<Id<Account>> parent, Kind kind, const std::string& name, const Zone& zone, Time now
) {
    auto new_id = Id<Account>::make(now);
    for (;;) {
        auto code = make_agent_code(name);
        auto id = co_await tx.maybe<Id<Account>>(insert_account_sql, new_id, parent, kind, name, code, zone, now);
        if (id) co_return Made{*id, std::move(code)};
        // The code is taken.
    }
}

} // namespace

Task<Id<Account>> Accounts::open_business(db::Session& tx, const Context& ctx, const std::string& name, const Zone& zone) {
    Id<Account> agency{ctx.account_id};
    auto made = co_await insert_account(tx, agency, Kind::business, name, zone, ctx.now());
    co_return made.id;
}

Task<Opened> Accounts::open(Context& ctx, const NewAccount& input, const std::string& password_hash) {
    Context everyone = ctx;
    everyone.all_accounts = true;
    everyone.credential.reset();
    auto body = [&](db::Session& tx) -> Task<Opened> {
        if (input.parent_id) {
            if (input.kind == Kind::agency)
                throw invalid("parent_id", "not_here", "is for businesses: agencies belong to nobody");
            auto parent = co_await tx.maybe<Kind>(parent_sql, *input.parent_id);
            if (parent != Kind::agency) throw invalid("parent_id", "not_an_agency", "must be an agency's account");
        }
        auto now = ctx.now();
        auto zone = input.zone.value_or(Zone{});
        Opened opened;
        auto made = co_await insert_account(tx, input.parent_id, input.kind, input.name, zone, now);
        opened.account_id = made.id;
        opened.agent_code = made.agent_code;
        auto user_id = Id<User>::make(now);
        auto verified_at = input.verified ? std::optional(now) : std::nullopt;
        auto kept_hash = input.verified && !password_hash.empty() ? std::optional(password_hash) : std::nullopt;
        auto email_key = input.owner_email.key();
        auto owner = co_await tx.one<Owner>(
            keep_user_sql, user_id, input.owner_name, input.owner_email, email_key, kept_hash, verified_at, now
        );
        opened.user_id = owner.id;
        opened.owner_has_password = owner.has_password;
        co_await tx.exec(insert_owner_sql, opened.account_id, opened.user_id, now);
        co_return opened;
    };
    co_return co_await db_.transaction(everyone, body);
}

Task<Account> Accounts::require_account(Context& ctx, Id<Account> id) {
    auto account = co_await db_.maybe<Account>(ctx, find_sql, id);
    if (!account) throw not_found("account");
    co_return std::move(*account);
}

Task<std::optional<Account>> Accounts::find_business(Context& ctx, Id<Account> id) {
    co_return co_await db_.maybe<Account>(ctx, find_business_sql, ctx.account_id, id);
}

Task<SendingProfile> Accounts::sending_profile(Context& ctx) {
    auto profile = co_await db_.maybe<SendingProfile>(ctx, sending_profile_sql, ctx.account_id);
    if (!profile) throw not_found("account");
    co_return std::move(*profile);
}

} // namespace doorstep::accounts
