#include <algorithm>
#include <array>
#include <chrono>

#include "core/log.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "modules/webhooks/secret.hpp"
#include "modules/webhooks/webhooks.hpp"

namespace doorstep::webhooks {

struct Webhooks::Due {
    Uuid webhook_id;
    Uuid event_id;
    std::string url;
    bool enabled = true;
    std::string event_type;
    std::optional<std::string> body;
    std::int64_t attempts = 0;
    Time created_at;
    Json event; ///< what is told
    BOOST_DESCRIBE_CLASS(Due, (), (webhook_id, event_id, url, enabled, event_type, body, attempts, created_at, event), (), ())
};

struct Webhooks::Answer {
    std::optional<std::int64_t> status;
    std::string error; ///< empty: taken
    std::string response;
    std::int64_t duration_ms = 0;
    std::optional<std::chrono::seconds> retry_after;
};

namespace {

using namespace std::chrono_literals;
using jobs::Outcome;

// What a receiver that is away gets, counted from the attempt before; some three days in all.
constexpr std::array<std::chrono::seconds, 9> ladder{5s, 5min, 30min, 2h, 5h, 10h, 14h, 20h, 24h};
constexpr std::int64_t batch = 500;
constexpr std::size_t longest_response = 1000;

const db::Query free_sql{"webhooks.free", R"sql(
    update webhook_deliveries set dispatched_at = null
    where state = 'pending' and dispatched_at < $1::timestamptz - interval '10 minutes'
)sql"};

const db::Query claim_sql{"webhooks.claim_due", R"sql(
    with due as (
        select account_id, webhook_id, event_id from webhook_deliveries
        where state = 'pending' and dispatched_at is null and due_at <= $1
        order by due_at limit $2 for update skip locked
    )
    update webhook_deliveries d set dispatched_at = $1 from due
    where d.account_id = due.account_id and d.webhook_id = due.webhook_id and d.event_id = due.event_id
    returning d.account_id, d.webhook_id, d.event_id
)sql"};

const db::Query load_sql{"webhooks.load", R"sql(
    select d.webhook_id, d.event_id, w.url, w.enabled, d.event_type, d.body, d.attempts, d.created_at, json_build_object(
        'id', e.id, 'client_id', e.contact_id, 'client_name', c.name, 'client_email', c.email, 'task_id', e.task_id,
        'email_id', e.message_id, 'actor', json_build_object('kind', e.actor_kind, 'name', e.actor_name), 'details', e.data
    ) as event
    from webhook_deliveries d
    join webhooks w on w.account_id = d.account_id and w.id = d.webhook_id
    join events e on e.account_id = d.account_id and e.id = d.event_id
    left join contacts c on c.account_id = e.account_id and c.id = e.contact_id
    where d.account_id = $1 and d.webhook_id = $2 and d.event_id = $3 and d.state = 'pending'
)sql"};

const db::Query secrets_sql{"webhooks.secrets", R"sql(
    select sealed from webhook_secrets where account_id = $1 and webhook_id = $2 and (expires_at is null or expires_at > $3)
    order by created_at desc, id desc
)sql"};

const db::Query attempt_sql{"webhooks.attempt", R"sql(
    insert into webhook_attempts (account_id, webhook_id, event_id, number, at, status, error, response, duration_ms)
    select $1, $2, $3, coalesce(max(number), 0) + 1, $4, $5, nullif($6, ''), nullif($7, ''), $8
    from webhook_attempts where account_id = $1 and webhook_id = $2 and event_id = $3
)sql"};

const db::Query settle_sql{"webhooks.settle", R"sql(
    update webhook_deliveries set state = $4, body = $5, attempts = $6, due_at = coalesce($7, due_at), dispatched_at = null,
        last_status = $8, last_error = nullif($9, ''), delivered_at = case when $4 = 'delivered' then $10::timestamptz end
    where account_id = $1 and webhook_id = $2 and event_id = $3
)sql"};

const db::Query succeeded_sql{"webhooks.succeeded", R"sql(
    update webhooks set last_success_at = $3, failing_since = null where account_id = $1 and id = $2
)sql"};

const db::Query failing_sql{"webhooks.failing", R"sql(
    update webhooks set failing_since = coalesce(failing_since, $3) where account_id = $1 and id = $2
)sql"};

// An address that took nothing for as long as a whole ladder lasts, or said itself that it is gone.
const db::Query disable_sql{"webhooks.disable", R"sql(
    update webhooks set enabled = false, disabled_reason = $4, updated_at = $5, version = version + 1
    where account_id = $1 and id = $2 and enabled and ($3::timestamptz is null or failing_since <= $3)
    returning id, url
)sql"};

const db::Query purge_sql{"webhooks.purge", R"sql(
    delete from webhook_deliveries where created_at < $1::timestamptz - interval '30 days' and state <> 'pending'
)sql"};

struct Disabled {
    Uuid id;
    std::string url;
    BOOST_DESCRIBE_CLASS(Disabled, (), (id, url), (), ())
};

struct Key {
    Uuid account_id;
    Uuid webhook_id;
    Uuid event_id;
    BOOST_DESCRIBE_CLASS(Key, (), (account_id, webhook_id, event_id), (), ())
};

std::string body_of(const std::string& type, Time at, const Json& event) {
    return R"({"type":)" + json_quote(type) + R"(,"timestamp":")" + format_rfc3339(at) + R"(","data":)" + event.text + "}";
}

/// Text of a stranger's, as the log can hold it.
std::string shown(std::string_view text) {
    std::string out(text.substr(0, longest_response));
    std::erase(out, '\0');
    return is_utf8(out) ? out : "(not text)";
}

} // namespace

Task<std::int64_t> Webhooks::dispatch(Context& job) {
    Context everyone = job;
    everyone.all_accounts = true;
    co_await parts_.db.exec(everyone, free_sql, job.now());
    auto body = [&](db::Session& tx) -> Task<std::int64_t> {
        auto due = co_await tx.all<Key>(claim_sql, job.now(), batch);
        Context owner = everyone;
        for (auto& key : due) {
            owner.account_id = key.account_id;
            auto unique_key = key.webhook_id.text() + key.event_id.text();
            doorstep::jobs::enqueue(
                tx, owner, Deliver{key.webhook_id, key.event_id}, {.unique_key = unique_key, .priority = 5}
            );
        }
        co_return std::int64_t(due.size());
    };
    std::int64_t total = 0;
    while (true) {
        auto count = co_await parts_.db.transaction(everyone, body);
        total += count;
        if (count < batch) co_return total;
    }
}

Task<std::string> Webhooks::sign(Context& ctx, Uuid webhook_id, const std::string& signed_text) {
    auto secrets = co_await parts_.db.all<std::string>(ctx, secrets_sql, ctx.account_id, webhook_id, ctx.now());
    std::string signatures;
    for (auto& sealed : secrets) {
        auto one = signature_under(parts_.sealer, sealed, signed_text);
        if (one.empty()) continue;
        signatures += (signatures.empty() ? "" : " ") + one;
    }
    co_return signatures;
}

Task<Webhooks::Answer> Webhooks::post(Context& ctx, const Due& due, const std::string& body) {
    auto id = "msg_" + due.event_id.text();
    auto seconds = std::chrono::floor<std::chrono::seconds>(ctx.now().time_since_epoch()).count();
    auto timestamp = std::to_string(seconds);
    auto signatures = co_await sign(ctx, due.webhook_id, id + "." + timestamp + "." + body);
    Answer answer;
    if (signatures.empty()) {
        answer.error = "No secret could be opened to sign with.";
        co_return answer;
    }
    bool trusted = !parts_.receiver.empty() && due.url.starts_with(parts_.receiver);
    http::Call call{
        .method = "POST",
        .url = due.url,
        .body = body,
        .timeout = 20s,
        .max_response_bytes = 64 << 10,
        .egress = trusted ? http::Egress::configured : http::Egress::untrusted,
        .provider = "webhooks",
    };
    call.headers.add("Content-Type", "application/json");
    call.headers.add("User-Agent", "Doorstep-Webhooks");
    call.headers.add("webhook-id", id);
    call.headers.add("webhook-timestamp", timestamp);
    call.headers.add("webhook-signature", signatures);
    auto begin = std::chrono::steady_clock::now();
    auto reply = co_await parts_.client->send(std::move(call));
    auto took = std::chrono::steady_clock::now() - begin;
    answer.duration_ms = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
    if (!reply) {
        answer.error = reply.error().reason;
        co_return answer;
    }
    answer.status = reply->status;
    answer.response = shown(reply->body);
    answer.retry_after = http::retry_after(reply->headers, std::chrono::system_clock::time_point(ctx.now().time_since_epoch()));
    if (reply->status < 200 || reply->status > 299) {
        answer.error = "The address answered " + std::to_string(reply->status) + ".";
    }
    co_return answer;
}

Task<> Webhooks::record(Context& ctx, const Due& due, const std::string& body, const Answer& answer) {
    auto number = due.attempts + 1;
    auto now = ctx.now();
    bool taken = answer.error.empty();
    bool gone = answer.status == 410;
    bool last = gone || number > std::int64_t(ladder.size());
    auto state = taken ? State::delivered : last ? State::failed : State::pending;
    std::optional<Time> due_at;
    if (state == State::pending) {
        auto wait = ladder[std::size_t(number - 1)];
        // Several that failed together do not all come back at the same moment.
        auto spread = std::chrono::seconds{due.event_id.bytes.back() % 16} * (wait.count() / 160);
        due_at = now + std::max(wait + spread, answer.retry_after.value_or(0s));
    }
    auto work = [&](db::Session& tx) -> Task<> {
        tx.queue(
            attempt_sql, ctx.account_id, due.webhook_id, due.event_id, now, answer.status, answer.error, answer.response,
            answer.duration_ms
        );
        tx.queue(
            settle_sql, ctx.account_id, due.webhook_id, due.event_id, state, body, number, due_at, answer.status, answer.error,
            now
        );
        tx.queue(taken ? succeeded_sql : failing_sql, ctx.account_id, due.webhook_id, now);
        if (state != State::failed) co_return;
        auto patience = gone ? std::nullopt : std::optional(due.created_at + 1min);
        std::string reason = gone ? "The address answered that it is gone." : "It took nothing for three days: " + answer.error;
        auto off = co_await tx.maybe<Disabled>(disable_sql, ctx.account_id, due.webhook_id, patience, reason, now);
        if (!off) co_return;
        Json data{R"({"url":)" + json_quote(off->url) + R"(,"reason":)" + json_quote(reason) + "}"};
        parts_.events.record(tx, ctx, {.kind = "webhook_disabled", .data = data});
        parts_.notifications.notify(
            tx, ctx, {.kind = "webhook_disabled", .facts = data, .link = "/console/settings/webhooks/" + off->id.text()}
        );
        audit::Act act{
            .action = "webhook_disabled",
            .subject_kind = "webhook",
            .subject_id = off->id,
            .subject_name = off->url,
            .before = {},
            .after = Json{R"({"enabled":false,"disabled_reason":)" + json_quote(reason) + "}"},
        };
        co_await parts_.audit.record(tx, ctx, std::move(act));
    };
    co_await parts_.db.transaction(ctx, work);
}

Task<Outcome> Webhooks::deliver(Context& ctx, const Deliver& job) {
    auto due = co_await parts_.db.maybe<Due>(ctx, load_sql, ctx.account_id, job.webhook_id, job.event_id);
    if (!due || !parts_.client) co_return Outcome::done();
    auto body = due->body ? *due->body : body_of(due->event_type, due->created_at, due->event);
    if (!due->enabled) {
        co_await parts_.db.exec(
            ctx, settle_sql, ctx.account_id, due->webhook_id, due->event_id, State::failed, body, due->attempts,
            std::optional<Time>{}, std::optional<std::int64_t>{}, "The webhook is switched off.", ctx.now()
        );
        co_return Outcome::done();
    }
    auto answer = co_await post(ctx, *due, body);
    co_await record(ctx, *due, body, answer);
    co_return Outcome::done();
}

Task<> Webhooks::purge(Context& job) {
    Context everyone = job;
    everyone.all_accounts = true;
    co_await parts_.db.exec(everyone, purge_sql, job.now());
}

} // namespace doorstep::webhooks
