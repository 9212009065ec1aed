#include "core/crypto.hpp"
#include "core/log.hpp"
#include "sandbox/mailgun_events.hpp"
#include "sandbox/sandbox.hpp"
#include "sandbox/sendgrid_events.hpp"

namespace doorstep::sandbox {
namespace {

using namespace std::chrono_literals;

struct KeyPair {
    std::string private_key;
    std::string public_key;
    BOOST_DESCRIBE_CLASS(KeyPair, (), (private_key, public_key), (), ())
};

struct Delivery {
    Uuid id{};
    std::string provider;
    std::string body;
    int attempts = 0;
    BOOST_DESCRIBE_CLASS(Delivery, (), (id, provider, body, attempts), (), ())
};

struct Subject {
    std::string to_address;
    std::string from_address;
    std::string subject;
    std::string message_id;
    std::string custom_args;
    BOOST_DESCRIBE_CLASS(Subject, (), (to_address, from_address, subject, message_id, custom_args), (), ())
};

const db::Query find_key_sql{"sandbox.keys.find", R"sql(
    select private_key, public_key from sandbox.keys where name = $1
)sql"};

// Of processes that start together the first one's key stays.
const db::Query add_key_sql{"sandbox.keys.add", R"sql(
    insert into sandbox.keys (name, private_key, public_key) values ($1, $2, $3) on conflict (name) do nothing
)sql"};

const db::Query subject_sql{"sandbox.outbox.subject", R"sql(
    select to_address, from_address, coalesce(subject, '') as subject, message_id, custom_args::text as custom_args from sandbox.outbox where id = $1
)sql"};

const db::Query add_delivery_sql{"sandbox.deliveries.add", R"sql(
    insert into sandbox.deliveries (id, provider, body, due_at, expires_at)
    values ($1, $2, $3, $4::timestamptz + interval '2 minutes', $4::timestamptz + interval '24 hours')
)sql"};

// Taken for two minutes: whoever takes it and dies leaves it to the next.
const db::Query take_due_sql{"sandbox.deliveries.take", R"sql(
    update sandbox.deliveries set due_at = $1::timestamptz + interval '2 minutes'
    where id in (
        select id from sandbox.deliveries
        where delivered_at is null and due_at <= $1::timestamptz and expires_at > $1::timestamptz
        order by due_at limit 20 for update skip locked
    )
    returning id
)sql"};

const db::Query find_delivery_sql{"sandbox.deliveries.find", R"sql(
    select id, provider, body, attempts from sandbox.deliveries where id = $1
)sql"};

// Intervals grow from a minute to four hours.
const db::Query note_attempt_sql{"sandbox.deliveries.note", R"sql(
    update sandbox.deliveries set
        attempts = attempts + 1, last_status = $2, last_error = $3,
        delivered_at = case when $4::boolean then $5::timestamptz end,
        due_at = $5::timestamptz + least(interval '1 minute' * (2 ^ least(attempts, 10)), interval '4 hours')
    where id = $1
)sql"};

Task<KeyPair> find_or_keep(db::Database& db, const Context& ctx, std::string_view name, KeyPair (*make)()) {
    auto known = co_await db.maybe<KeyPair>(ctx, find_key_sql, name);
    if (known) co_return std::move(*known);
    auto made = make();
    co_await db.exec(ctx, add_key_sql, name, made.private_key, made.public_key);
    co_return co_await db.one<KeyPair>(ctx, find_key_sql, name);
}

KeyPair make_key_pair() {
    auto made = make_p256_key();
    return {made.private_key_pem, made.public_key};
}

KeyPair make_shared_key() {
    return {random_token(), ""};
}

Task<KeyPair> signing_key(db::Database& db, const Context& ctx, std::string_view provider) {
    return find_or_keep(db, ctx, provider, provider == "mailgun" ? make_shared_key : make_key_pair);
}

bool is_taken(const std::expected<http::Reply, http::CallFailure>& reply) {
    return reply && reply->status >= 200 && reply->status < 300;
}

bool has_event(std::string_view provider, std::string_view event) {
    return provider == "mailgun" ? mailgun::is_event(event) : sendgrid::is_event(event);
}

/// What is to be posted: SendGrid's events in one body, Mailgun's one by one.
std::vector<std::string> bodies_of(const std::string& provider, const Subject& about, const EventsOrder& order, Time now) {
    std::vector<std::string> bodies;
    if (provider == "mailgun") {
        mailgun::EventSubject subject{about.to_address, about.from_address, about.subject, about.message_id, about.custom_args};
        for (const auto& event : order.events) bodies.push_back(mailgun::event_data(subject, event, order.url, now));
    } else {
        sendgrid::EventSubject subject{about.to_address, about.message_id, about.custom_args};
        bodies.push_back(sendgrid::event_batch(subject, order.events, order.url, now));
    }
    return bodies;
}

/// Each attempt is signed anew, by the product's clock, so that one from before the clock was moved is still in time.
http::Call signed_call(const Delivery& delivery, const KeyPair& key, const std::string& product_url, Time now) {
    http::Call call{.method = "POST", .timeout = 10s, .provider = "sandbox"};
    if (delivery.provider == "mailgun") {
        call.url = product_url + "/api/webhooks/mailgun";
        call.body = mailgun::signed_body(key.private_key, delivery.body, now);
        call.headers.add("Content-Type", "application/json");
        return call;
    }
    auto timestamp = std::to_string(std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count());
    call.url = product_url + "/webhook/sendgrid";
    call.body = delivery.body;
    call.headers.add("Content-Type", "application/json;charset=utf-8");
    call.headers.add("User-Agent", "SendGrid Event API");
    call.headers.add("X-Twilio-Email-Event-Webhook-Timestamp", timestamp);
    call.headers.add(
        "X-Twilio-Email-Event-Webhook-Signature", base64_encode(sign_p256(key.private_key, timestamp + delivery.body))
    );
    return call;
}

} // namespace

Task<std::string> Sandbox::public_key(db::Database& db, const Context& ctx) {
    auto key = co_await signing_key(db, ctx, "sendgrid");
    co_return key.public_key;
}

Task<std::string> Sandbox::mailgun_key(db::Database& db, const Context& ctx) {
    auto key = co_await signing_key(db, ctx, "mailgun");
    co_return key.private_key;
}

Task<Delivered> Sandbox::send_events(const Context& ctx, const EventsOrder& order) {
    if (order.events.empty() || order.events.size() > 1000) throw invalid("events", "required", "must name some events");
    auto message = co_await find_message(ctx, order.message_id);
    if (!message || message->channel != "email") throw not_found("message");
    for (const auto& event : order.events) {
        if (!has_event(message->provider, event)) throw invalid("events", "invalid", "has no event called " + event);
    }
    auto about = co_await db_.one<Subject>(ctx, subject_sql, message->id);
    Delivered result;
    for (const auto& body : bodies_of(message->provider, about, order, ctx.now())) {
        auto id = Uuid::v7(ctx.now());
        co_await db_.exec(ctx, add_delivery_sql, id, message->provider, body, ctx.now());
        auto one = co_await deliver(ctx, id);
        result.delivered += one.delivered;
        result.status = one.status;
    }
    if (message->provider == "sendgrid" && result.delivered > 0) result.delivered = std::int64_t(order.events.size());
    co_return result;
}

Task<int> Sandbox::deliver_due(const Context& ctx) {
    auto due = co_await db_.all<Uuid>(ctx, take_due_sql, ctx.now());
    int taken = 0;
    for (const auto& id : due) {
        auto result = co_await deliver(ctx, id);
        if (result.delivered > 0) ++taken;
    }
    co_return taken;
}

/// `delivered` is 1 if the product took it.
Task<Delivered> Sandbox::deliver(const Context& ctx, Uuid id) {
    auto delivery = co_await db_.one<Delivery>(ctx, find_delivery_sql, id);
    auto key = co_await signing_key(db_, ctx, delivery.provider);
    auto call = signed_call(delivery, key, options_.product_url, ctx.now());
    auto reply = co_await client_.send(std::move(call));

    auto status = reply ? std::optional(reply->status) : std::nullopt;
    auto error = reply ? std::nullopt : std::optional(reply.error().reason);
    auto taken = is_taken(reply);
    co_await db_.exec(ctx, note_attempt_sql, id, status, error, taken, ctx.now());
    if (!taken)
        log::info("sandbox events were not taken", {{"attempt", delivery.attempts + 1}, {"status", status.value_or(0)}});
    co_return Delivered{taken ? 1 : 0, status};
}

} // namespace doorstep::sandbox
