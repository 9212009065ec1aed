#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/crypto.hpp"
#include "core/described.hpp"
#include "http/client.hpp"
#include "http/precondition.hpp"
#include "jobs/jobs.hpp"
#include "modules/audit/audit.hpp"
#include "modules/events/events.hpp"
#include "modules/notifications/notifications.hpp"

namespace doorstep::webhooks {

/// "email.opened", or "email.*" for all of a kind.
struct EventType {
    std::string value;
    bool operator==(const EventType&) const = default;
};

/// Where events are told: https, as the policy for outgoing calls wants it.
struct HookUrl {
    std::string value;
    bool operator==(const HookUrl&) const = default;
};

} // namespace doorstep::webhooks

template <>
struct doorstep::Field<doorstep::webhooks::EventType> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, webhooks::EventType& out);
    static void append(std::string& out, const webhooks::EventType& value) { out += value.value; }
    static std::string schema() { return R"({"type":"string","pattern":"^[a-z_]+\\.([a-z_]+|\\*)$"})"; }
};

template <>
struct doorstep::Field<doorstep::webhooks::HookUrl> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, webhooks::HookUrl& out);
    static void append(std::string& out, const webhooks::HookUrl& value) { out += value.value; }
    static std::string schema() { return R"({"type":"string","format":"uri","maxLength":500})"; }
    static webhooks::HookUrl from_sql(std::string_view text) { return {std::string(text)}; }
};

namespace doorstep::webhooks {

enum class State { pending, delivered, failed };
BOOST_DESCRIBE_ENUM(State, pending, delivered, failed)

struct Webhook {
    Id<Webhook> id;
    HookUrl url;
    std::optional<std::string> description;
    std::vector<EventType> event_types; ///< none: everything that is about a client
    bool enabled = true;
    std::optional<std::string> disabled_reason;
    std::optional<Time> failing_since;
    std::optional<Time> last_success_at;
    Time created_at;
    Time updated_at;
    std::int64_t version = 1;
    BOOST_DESCRIBE_CLASS(
        Webhook, (),
        (id, url, description, event_types, enabled, disabled_reason, failing_since, last_success_at, created_at, updated_at,
         version),
        (), ()
    )
};

struct NewWebhook {
    HookUrl url;
    std::optional<Line<1, 200>> description;
    std::optional<std::vector<EventType>> event_types;
    BOOST_DESCRIBE_CLASS(NewWebhook, (), (url, description, event_types), (), ())
    void validate(Reader& reader) const;
};

struct WebhookPatch {
    Patch<HookUrl> url;
    Patch<std::optional<Line<1, 200>>> description;
    Patch<std::vector<EventType>> event_types;
    Patch<bool> enabled;
    BOOST_DESCRIBE_CLASS(WebhookPatch, (), (url, description, event_types, enabled), (), ())
    void validate(Reader& reader) const;
};

/// With its secret, which is shown this once.
struct MadeWebhook : Webhook {
    std::string secret; ///< "whsec_…"
    BOOST_DESCRIBE_CLASS(MadeWebhook, (Webhook), (secret), (), ())
};

struct Rotation {
    std::optional<Int<0, 168>> old_valid_hours; ///< how long the secret before goes on signing too; 24
    BOOST_DESCRIBE_CLASS(Rotation, (), (old_valid_hours), (), ())
};

struct NewSecret {
    std::string secret;
    std::optional<Time> old_expires_at;
    BOOST_DESCRIBE_CLASS(NewSecret, (), (secret, old_expires_at), (), ())
};

struct WebhookList {
    std::vector<Webhook> items;
    BOOST_DESCRIBE_CLASS(WebhookList, (), (items), (), ())
};

struct Delivery {
    Uuid event_id;
    std::string event_type;
    State state = State::pending;
    std::int64_t attempts = 0;           ///< since it was first sent, or sent again by hand
    std::optional<Time> next_attempt_at; ///< of a pending one
    std::optional<std::int64_t> last_status;
    std::optional<std::string> last_error;
    Time created_at;
    std::optional<Time> delivered_at;
    BOOST_DESCRIBE_CLASS(
        Delivery, (),
        (event_id, event_type, state, attempts, next_attempt_at, last_status, last_error, created_at, delivered_at), (), ()
    )
};

struct Attempt {
    std::int64_t number = 1;
    Time at;
    std::optional<std::int64_t> status;
    std::optional<std::string> error;
    std::optional<std::string> response; ///< its beginning
    std::int64_t duration_ms = 0;
    BOOST_DESCRIBE_CLASS(Attempt, (), (number, at, status, error, response, duration_ms), (), ())
};

struct DeliveryDetail : Delivery {
    std::optional<std::string> body; ///< as it was sent; null before the first attempt
    std::vector<Attempt> log;
    BOOST_DESCRIBE_CLASS(DeliveryDetail, (Delivery), (body, log), (), ())
};

struct DeliveryFilter {
    std::optional<State> state;
    std::optional<Int<1, 1'000'000'000>> page;
    std::optional<Int<1, 100>> limit;
    std::optional<Line<1, 400>> cursor;
    BOOST_DESCRIBE_CLASS(DeliveryFilter, (), (state, page, limit, cursor), (), ())
};

struct ReplayRequest {
    Time since;
    BOOST_DESCRIBE_CLASS(ReplayRequest, (), (since), (), ())
};

struct Replayed {
    std::int64_t replayed = 0;
    BOOST_DESCRIBE_CLASS(Replayed, (), (replayed), (), ())
};

struct Deliver {
    static constexpr std::string_view kind = "webhooks.deliver";
    Uuid webhook_id;
    Uuid event_id;
    BOOST_DESCRIBE_CLASS(Deliver, (), (webhook_id, event_id), (), ())
};

/// Tells an office's own programs what happened, signed as Standard Webhooks wants it, at least once.
class Webhooks {
public:
    struct Parts {
        db::Database& db;
        audit::Audit& audit;
        events::Events& events;
        notifications::Notifications& notifications;
        const Sealer& sealer;
        http::Client* client;      ///< null: nothing leaves this process
        std::string receiver = {}; ///< addresses that begin so are the sandbox's own, and are trusted; empty: none are
    };
    explicit Webhooks(Parts parts) : parts_(std::move(parts)) {}

    Task<WebhookList> list(Context& ctx);
    Task<Webhook> require(Context& ctx, Id<Webhook> id);
    /// 422 for an address that is not https, or of this machine; 409 `too_many` beyond twenty.
    Task<MadeWebhook> create(Context& ctx, const NewWebhook& input);
    /// The precondition sees the version that is about to change. Switching on forgets why it was off.
    Task<Webhook> update(Context& ctx, Id<Webhook> id, const WebhookPatch& patch, const http::Precondition& precondition);
    Task<> remove(Context& ctx, Id<Webhook> id);
    /// A new secret; the one before signs along until it expires, and none before that.
    Task<NewSecret> rotate(Context& ctx, Id<Webhook> id, const Rotation& rotation);
    /// Has an event sent that is there to be tried.
    Task<> test(Context& ctx, Id<Webhook> id);

    Task<http::Page<Delivery>> deliveries(Context& ctx, Id<Webhook> id, const DeliveryFilter& filter);
    Task<DeliveryDetail> delivery(Context& ctx, Id<Webhook> id, Uuid event_id);
    /// Sends it again, under the same webhook-id.
    Task<DeliveryDetail> replay(Context& ctx, Id<Webhook> id, Uuid event_id);
    /// The same for all that failed since then.
    Task<Replayed> replay_failed(Context& ctx, Id<Webhook> id, Time since);

    /// Gives due deliveries their jobs. An all-accounts context; run by a schedule. Returns how many.
    Task<std::int64_t> dispatch(Context& ctx);
    Task<jobs::Outcome> deliver(Context& ctx, const Deliver& job);
    /// Forgets what is older than a month. An all-accounts context; run by a schedule.
    Task<> purge(Context& ctx);

private:
    struct Due;
    struct Answer;

    void require_reachable(const HookUrl& url) const;
    /// In both logs: the office's activity and the one that is chained. `before` null: it is made; `after` null: gone.
    Task<> note(db::Session& tx, const Context& ctx, const std::string& kind, const Webhook* before, const Webhook* after);
    Task<std::string> sign(Context& ctx, Uuid webhook_id, const std::string& signed_text);
    Task<Answer> post(Context& ctx, const Due& due, const std::string& body);
    Task<> record(Context& ctx, const Due& due, const std::string& body, const Answer& answer);

    Parts parts_;
};

void routes(http::Router& router, Webhooks& webhooks);
void jobs(jobs::Registry& registry, Webhooks& webhooks);

} // namespace doorstep::webhooks
