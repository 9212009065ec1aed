#include <algorithm>

#include "modules/identity/identity.hpp"
#include "modules/identity/internal.hpp"
#include "modules/identity/tokens.hpp"

namespace doorstep::identity {
namespace {

const db::Query insert_key_sql{"identity.insert_api_key", R"sql(
    insert into credentials (account_id, id, user_id, kind, hash, name, prefix, scopes, created_at)
    select account_id, $3, user_id, 'api_key', $4, $5, $6, $7, $8 from memberships where account_id = $1 and user_id = $2
    returning id
)sql"};

const db::Query list_keys_sql{"identity.list_api_keys", R"sql(
    select id, name, prefix, scopes, created_at, last_used_at from credentials
     where account_id = $1 and kind = 'api_key' and ended_at is null and ($2::uuid is null or user_id = $2)
     order by created_at, id
)sql"};

const db::Query find_key_sql{"identity.find_api_key", R"sql(
    select id, name, prefix, scopes, created_at, last_used_at from credentials
     where account_id = $1 and id = $2 and kind = 'api_key' and ended_at is null and ($3::uuid is null or user_id = $3)
)sql"};

const db::Query revoke_key_sql{"identity.revoke_api_key", R"sql(
    update credentials set ended_at = $4, end_reason = 'revoked'
     where account_id = $1 and id = $2 and kind = 'api_key' and ended_at is null and ($3::uuid is null or user_id = $3)
    returning hash, name, prefix, scopes
)sql"};

struct Revoked {
    std::string hash;
    std::string name;
    std::string prefix;
    std::vector<std::string> scopes;
    BOOST_DESCRIBE_CLASS(Revoked, (), (hash, name, prefix, scopes), (), ())
};

/// Each once and in order.
std::vector<std::string> require_scopes(const NewApiKey& input) {
    Reader reader;
    if (input.scopes.empty()) reader.fail("scopes", "required", "must name at least one scope");
    std::vector<std::string> scopes;
    for (std::size_t i = 0; i < input.scopes.size(); ++i) {
        auto& scope = input.scopes[i].value;
        if (scope == "*" || accounts::can_be_given(scope)) {
            scopes.push_back(scope);
            continue;
        }
        Reader::At list(reader, "scopes");
        Reader::At item(reader, i);
        reader.fail("unknown", "is no scope; there are clients:read, tasks:write and their like, and *");
    }
    reader.require_ok();
    std::ranges::sort(scopes);
    auto repeated = std::ranges::unique(scopes);
    scopes.erase(repeated.begin(), repeated.end());
    return scopes;
}

} // namespace

Task<MadeApiKey> Identity::make_api_key(Context& ctx, const NewApiKey& input, Id<accounts::User> user) {
    auto scopes = require_scopes(input);
    auto now = ctx.now();
    auto token = make_api_key_token();
    MadeApiKey made{{}, input.name, token.substr(0, 10), std::move(scopes), now, token};
    auto body = [&](db::Session& tx) -> Task<> {
        auto new_id = Id<ApiKey>::make(now);
        auto hash = sha256_hex(token);
        auto id = co_await tx.maybe<Id<ApiKey>>(
            insert_key_sql, ctx.account_id, user, new_id, hash, made.name, made.prefix, made.scopes, now
        );
        if (!id) throw not_found("member of this account");
        made.id = *id;
        KeyFacts facts{made.name, made.prefix, made.scopes};
        co_await note_key(tx, ctx, "api_key_made", made.id, facts);
    };
    co_await db_.transaction(ctx, body);
    co_return made;
}

Task<std::vector<ApiKey>> Identity::list_api_keys(Context& ctx, std::optional<Id<accounts::User>> only_of) {
    co_return co_await db_.all<ApiKey>(ctx, list_keys_sql, ctx.account_id, only_of);
}

Task<ApiKey> Identity::require_api_key(Context& ctx, Id<ApiKey> id, std::optional<Id<accounts::User>> only_of) {
    auto key = co_await db_.maybe<ApiKey>(ctx, find_key_sql, ctx.account_id, id, only_of);
    if (!key) throw not_found("API key");
    co_return std::move(*key);
}

Task<> Identity::revoke_api_key(Context& ctx, Id<ApiKey> id, std::optional<Id<accounts::User>> only_of) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto revoked = co_await tx.maybe<Revoked>(revoke_key_sql, ctx.account_id, id, only_of, ctx.now());
        if (!revoked) throw not_found("API key");
        ended(tx, revoked->hash);
        KeyFacts facts{revoked->name, revoked->prefix, revoked->scopes};
        co_await note_key(tx, ctx, "api_key_revoked", id, facts);
    };
    co_await db_.transaction(ctx, body);
}

Task<> Identity::note_key(
    db::Session& tx, const doorstep::Context& ctx, std::string kind, Id<ApiKey> id, const KeyFacts& facts
) {
    Json shown{to_json(facts)};
    events_.record(tx, ctx, {.kind = kind, .data = shown});
    bool made = kind == "api_key_made";
    audit::Act act{
        .action = std::move(kind),
        .subject_kind = "api_key",
        .subject_id = id.value,
        .subject_name = facts.name,
        .before = made ? Json{} : shown,
        .after = made ? shown : Json{},
    };
    co_await audit_.record(tx, ctx, std::move(act));
}

} // namespace doorstep::identity
