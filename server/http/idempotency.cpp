#include "http/idempotency.hpp"

#include <algorithm>

#include "core/crypto.hpp"
#include "http/joined.hpp"

namespace doorstep::http {
namespace {

constexpr std::chrono::hours kept_for{24};

const db::Query lock_sql{"http.idempotency_lock", R"sql(
    select pg_try_advisory_xact_lock(hashtextextended($1, 0))
)sql"};

const db::Query find_sql{"http.idempotency_find", R"sql(
    select encode(request_hash, 'hex') as request_hash, status, headers,
           translate(encode(body, 'base64'), E'\n', '') as body
      from app.idempotency_keys
     where account_id = $1 and key = $2 and route = $3 and created_at > $4
)sql"};

const db::Query keep_sql{"http.idempotency_keep", R"sql(
    insert into app.idempotency_keys (account_id, key, route, request_hash, status, headers, body, created_at)
    values ($1, $2, $3, decode($4, 'hex'), $5, $6, decode($7, 'base64'), $8)
    on conflict (account_id, key, route) do update
       set request_hash = excluded.request_hash, status = excluded.status, headers = excluded.headers,
           body = excluded.body, created_at = excluded.created_at
)sql"};

const db::Query purge_sql{"http.idempotency_purge", R"sql(
    delete from app.idempotency_keys where created_at <= $1
)sql"};

struct Kept {
    std::string request_hash;
    int status;
    Json headers;
    std::string body; ///< base64: answers may be files
};
BOOST_DESCRIBE_STRUCT(Kept, (), (request_hash, status, headers, body))

struct KeptHeaders {
    std::optional<std::string> content_type;
    std::optional<std::string> location;
    std::optional<std::string> etag;
};
BOOST_DESCRIBE_STRUCT(KeptHeaders, (), (content_type, location, etag))

std::optional<std::string> header_of(const Response& response, std::string_view name) {
    auto value = response.headers.find(name);
    return value ? std::optional(std::string(*value)) : std::nullopt;
}

Response replay(Kept kept) {
    Response response;
    response.status = kept.status;
    response.body = base64_decode(kept.body).value_or("");
    auto headers = from_json<KeptHeaders>(kept.headers.text, Reader::Unknown::ignore);
    if (headers.content_type) response.headers.add("Content-Type", std::move(*headers.content_type));
    if (headers.location) response.headers.add("Location", std::move(*headers.location));
    if (headers.etag) response.headers.add("ETag", std::move(*headers.etag));
    response.headers.add("Idempotency-Replayed", "true");
    return response;
}

} // namespace

Task<Response> answer_once(
    db::Database& database, Context& ctx, const Route& route, const std::string& key, const Handling& handle
) {
    auto visible = [](char c) { return c > ' ' && c < 0x7f; };
    if (key.empty() || key.size() > 255 || !std::ranges::all_of(key, visible))
        throw invalid("Idempotency-Key", "invalid", "must be 1 to 255 visible ASCII characters");

    auto& request = *ctx.request;
    auto route_name = route.method + " " + route.pattern;
    // Who asks is part of the request: an answer is never shown to a colleague.
    auto hash = sha256_hex(ctx.principal.user_id.text() + "\n" + request.target + "\n" + request.body);
    auto lock = "idempotency " + ctx.account_id.text() + " " + route_name + " " + key;

    auto body = [&](db::Session& session) -> Task<Response> {
        auto alone = co_await session.one<bool>(lock_sql, lock);
        if (!alone) throw conflict("idempotency_in_flight", "The first request with this Idempotency-Key still runs.");
        auto oldest = ctx.now() - kept_for;
        auto kept = co_await session.maybe<Kept>(find_sql, ctx.account_id, key, route_name, oldest);
        if (kept) {
            if (kept->request_hash != hash)
                throw Error(422, "idempotency_mismatch", "This Idempotency-Key came with another request before.");
            if (!route.keeps_answer)
                throw conflict("already_done", "This was done already, and what it answered is shown only once.");
            co_return replay(std::move(*kept));
        }
        Joined joined(ctx, session);
        ctx.cookies.clear();
        auto handling = handle();
        auto response = co_await std::move(handling);
        if (response.status >= 200 && response.status < 300 && !response.stream) {
            KeptHeaders headers{
                header_of(response, "Content-Type"), header_of(response, "Location"), header_of(response, "ETag")
            };
            auto headers_text = to_json(headers);
            auto packed = route.keeps_answer ? base64_encode(response.body) : std::string();
            auto now = ctx.now();
            session.queue(keep_sql, ctx.account_id, key, route_name, hash, response.status, headers_text, packed, now);
        }
        co_return response;
    };
    co_return co_await database.transaction(ctx, body);
}

Task<std::int64_t> purge_idempotency_keys(db::Database& database, doorstep::Context& ctx) {
    auto oldest = ctx.now() - kept_for;
    co_return co_await database.exec(ctx, purge_sql, oldest);
}

} // namespace doorstep::http
