#include "modules/webhooks/webhooks.hpp"

#include "core/text.hpp"
#include "http/egress.hpp"
#include "modules/webhooks/secret.hpp"

namespace doorstep::webhooks {

namespace {

#define WEBHOOK_COLUMNS                                                                                         \
    " id, url, description, event_types, enabled, disabled_reason, failing_since, last_success_at, created_at," \
    " updated_at, version "

const db::Query list_sql{
    "webhooks.list", "select" WEBHOOK_COLUMNS "from webhooks where account_id = $1 order by created_at, id"
};

const db::Query find_sql{"webhooks.find", "select" WEBHOOK_COLUMNS "from webhooks where account_id = $1 and id = $2"};

const db::Query lock_sql{
    "webhooks.lock", "select" WEBHOOK_COLUMNS "from webhooks where account_id = $1 and id = $2 for update"
};

const db::Query insert_sql{"webhooks.add", R"sql(
    insert into webhooks (account_id, id, url, description, event_types, created_at, updated_at)
    select $1, $2, $3, $4, $5, $6, $6 where (select count(*) from webhooks where account_id = $1) < $7
    returning )sql" WEBHOOK_COLUMNS};

const db::Query update_sql{"webhooks.update", R"sql(
    update webhooks set url = $3, description = $4, event_types = $5, enabled = $6,
        disabled_reason = case when $6 then null else coalesce(disabled_reason, 'Switched off by a person.') end,
        failing_since = case when $6 and not enabled then null else failing_since end,
        updated_at = $7, version = version + 1
    where account_id = $1 and id = $2
    returning )sql" WEBHOOK_COLUMNS};

const db::Query remove_sql{
    "webhooks.remove", "delete from webhooks where account_id = $1 and id = $2 returning" WEBHOOK_COLUMNS
};

const db::Query add_secret_sql{"webhooks.add_secret", R"sql(
    insert into webhook_secrets (account_id, webhook_id, id, sealed, created_at) values ($1, $2, $3, $4, $5)
)sql"};

// Two live at most: what expired or would be the third goes.
const db::Query retire_secrets_sql{"webhooks.retire_secrets", R"sql(
    with newest as (
        select id from webhook_secrets where account_id = $1 and webhook_id = $2 and expires_at is null
        order by created_at desc, id desc limit 1
    ), gone as (
        delete from webhook_secrets where account_id = $1 and webhook_id = $2 and id not in (select id from newest)
    )
    update webhook_secrets set expires_at = $3 where account_id = $1 and webhook_id = $2 and id in (select id from newest)
)sql"};

constexpr std::int64_t most_webhooks = 20;

Json url_data(const HookUrl& url) {
    return Json{R"({"url":)" + json_quote(url.value) + "}"};
}

void check_types(Reader& reader, const std::vector<EventType>& types) {
    if (types.size() > 50) reader.fail("event_types", "too_long", "may have at most 50 types");
}

} // namespace

void NewWebhook::validate(Reader& reader) const {
    if (event_types) check_types(reader, *event_types);
}

void WebhookPatch::validate(Reader& reader) const {
    if (event_types) check_types(reader, *event_types);
}

void Webhooks::require_reachable(const HookUrl& url) const {
    if (!parts_.receiver.empty() && url.value.starts_with(parts_.receiver)) return;
    constexpr std::string_view scheme = "https://";
    if (!url.value.starts_with(scheme)) throw invalid("url", "not_https", "must begin with https://");
    auto host = std::string_view(url.value).substr(scheme.size());
    host = host.substr(0, host.find_first_of("/?#"));
    bool numeric = host.starts_with('[') || host.find_first_not_of("0123456789.") == host.npos;
    auto address = host.starts_with('[') ? host.substr(1, host.find(']') - 1) : host;
    bool local = host == "localhost" || host.ends_with(".localhost") || host.ends_with(".local") || host.ends_with(".internal");
    if (local || (numeric && !http::is_public_address(address))) {
        throw invalid("url", "not_public", "must be an address on the public internet");
    }
}

Task<> Webhooks::note(
    db::Session& tx, const Context& ctx, const std::string& kind, const Webhook* before, const Webhook* after
) {
    auto& shown = after ? *after : *before;
    parts_.events.record(tx, ctx, {.kind = kind, .data = url_data(shown.url)});
    co_await parts_.audit.record(tx, ctx, audit::act_on(kind, "webhook", shown.id.value, shown.url.value, before, after));
}

Task<WebhookList> Webhooks::list(Context& ctx) {
    auto items = co_await parts_.db.all<Webhook>(ctx, list_sql, ctx.account_id);
    co_return WebhookList{std::move(items)};
}

Task<Webhook> Webhooks::require(Context& ctx, Id<Webhook> id) {
    auto found = co_await parts_.db.maybe<Webhook>(ctx, find_sql, ctx.account_id, id);
    if (!found) throw not_found("webhook");
    co_return std::move(*found);
}

Task<MadeWebhook> Webhooks::create(Context& ctx, const NewWebhook& input) {
    require_reachable(input.url);
    auto id = Id<Webhook>::make(ctx.now());
    auto secret = make_secret();
    auto body = [&](db::Session& tx) -> Task<Webhook> {
        auto made = co_await tx.maybe<Webhook>(
            insert_sql, ctx.account_id, id, input.url, input.description, input.event_types.value_or(std::vector<EventType>{}),
            ctx.now(), most_webhooks
        );
        if (!made) throw conflict("too_many", "An office can have twenty webhooks.");
        auto secret_id = Uuid::v7(ctx.now());
        tx.queue(add_secret_sql, ctx.account_id, id, secret_id, seal_secret(parts_.sealer, secret), ctx.now());
        co_await note(tx, ctx, "webhook_created", nullptr, &*made);
        co_return std::move(*made);
    };
    MadeWebhook made;
    static_cast<Webhook&>(made) = co_await parts_.db.transaction(ctx, body);
    made.secret = std::move(secret);
    co_return made;
}

Task<Webhook> Webhooks::update(
    Context& ctx, Id<Webhook> id, const WebhookPatch& patch, const http::Precondition& precondition
) {
    if (patch.url) require_reachable(*patch.url);
    auto body = [&](db::Session& tx) -> Task<Webhook> {
        auto before = co_await tx.maybe<Webhook>(lock_sql, ctx.account_id, id);
        if (!before) throw not_found("webhook");
        precondition(std::to_string(before->version));
        auto next = *before;
        if (patch.url) next.url = *patch.url;
        if (patch.description)
            next.description = *patch.description ? std::optional(patch.description->value().value) : std::nullopt;
        if (patch.event_types) next.event_types = *patch.event_types;
        if (patch.enabled) next.enabled = *patch.enabled;
        if (to_json(next) == to_json(*before)) co_return std::move(*before);
        auto after = co_await tx.one<Webhook>(
            update_sql, ctx.account_id, id, next.url, next.description, next.event_types, next.enabled, ctx.now()
        );
        co_await note(tx, ctx, "webhook_changed", &*before, &after);
        co_return after;
    };
    co_return co_await parts_.db.transaction(ctx, body);
}

Task<> Webhooks::remove(Context& ctx, Id<Webhook> id) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto gone = co_await tx.maybe<Webhook>(remove_sql, ctx.account_id, id);
        if (!gone) throw not_found("webhook");
        co_await note(tx, ctx, "webhook_deleted", &*gone, nullptr);
    };
    co_await parts_.db.transaction(ctx, body);
}

Task<NewSecret> Webhooks::rotate(Context& ctx, Id<Webhook> id, const Rotation& rotation) {
    NewSecret made{make_secret(), {}};
    made.old_expires_at = ctx.now() + std::chrono::hours{rotation.old_valid_hours ? rotation.old_valid_hours->value : 24};
    auto body = [&](db::Session& tx) -> Task<> {
        auto hook = co_await tx.maybe<Webhook>(lock_sql, ctx.account_id, id);
        if (!hook) throw not_found("webhook");
        tx.queue(retire_secrets_sql, ctx.account_id, id, made.old_expires_at);
        auto secret_id = Uuid::v7(ctx.now());
        tx.queue(add_secret_sql, ctx.account_id, id, secret_id, seal_secret(parts_.sealer, made.secret), ctx.now());
        co_await note(tx, ctx, "webhook_secret_rotated", &*hook, &*hook);
    };
    co_await parts_.db.transaction(ctx, body);
    co_return made;
}

Task<> Webhooks::test(Context& ctx, Id<Webhook> id) {
    auto hook = co_await require(ctx, id);
    if (!hook.enabled) throw conflict("disabled", "This webhook is switched off; switch it on to try it.");
    auto body = [&](db::Session& tx) -> Task<> {
        Json data{R"({"webhook_id":")" + id.text() + "\"}"};
        parts_.events.record(tx, ctx, {.kind = "webhook_tested", .data = std::move(data)});
        co_return;
    };
    co_await parts_.db.transaction(ctx, body);
}

} // namespace doorstep::webhooks

namespace doorstep {

std::optional<Fault> Field<webhooks::EventType>::parse(std::string_view text, webhooks::EventType& out) {
    auto is_name = [](std::string_view name) {
        return !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == name.npos;
    };
    auto dot = text.find('.');
    bool good = text.size() <= 60 && dot != text.npos && is_name(text.substr(0, dot)) &&
                (text.substr(dot + 1) == "*" || is_name(text.substr(dot + 1)));
    if (!good) return Fault{"invalid", R"(must be a type of event like "email.opened" or "email.*")"};
    out.value = text;
    return std::nullopt;
}

std::optional<Fault> Field<webhooks::HookUrl>::parse(std::string_view text, webhooks::HookUrl& out) {
    Line<1, 500> line;
    if (auto fault = Field<Line<1, 500>>::parse(text, line)) return fault;
    auto lower = to_lower_ascii(line.value);
    auto start = lower.starts_with("https://") ? 8u : lower.starts_with("http://") ? 7u : 0u;
    auto host = std::string_view(line.value).substr(start);
    host = host.substr(0, host.find_first_of("/?#"));
    bool odd = line.value.find_first_of(" \"'<>\\`{}|^") != std::string::npos || host.find('@') != host.npos;
    if (start == 0 || host.empty() || odd) return Fault{"invalid", R"(must be an address like "https://example.com/hook")"};
    out.value = lower.substr(0, start + host.size()) + line.value.substr(start + host.size());
    return std::nullopt;
}

} // namespace doorstep
