#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/described.hpp"
#include "core/id.hpp"
#include "core/json.hpp"
#include "core/time.hpp"
#include "db/database.hpp"
#include "http/client.hpp"
#include "http/router.hpp"

namespace doorstep::sandbox {

struct Options {
    std::string product_url;                ///< whose webhooks get the doubles' events: "http://127.0.0.1:8080"
    std::string public_url;                 ///< where a browser reaches the doubles' pages; empty: as they are called
    std::chrono::milliseconds hang{55'000}; ///< how long a `timeout` holds a call; below the server's own limit
};

enum class FaultMode { error, rate_limit, timeout, accept_then_drop, garbage };
BOOST_DESCRIBE_ENUM(FaultMode, error, rate_limit, timeout, accept_then_drop, garbage)

/// How the next calls to a provider go wrong.
///   error             answers `status` (500) in the provider's own form, takes nothing
///   rate_limit        answers 429 (or `status`) and says when to come back, takes nothing
///   timeout           takes the connection and nothing else, and is silent for longer than any client waits
///   accept_then_drop  does all that was asked, durably, then closes the connection without an answer
///   garbage           answers `status` (200) with bytes that mean nothing, takes nothing
struct Fault {
    std::int64_t id = 0;
    std::string provider;
    FaultMode mode = FaultMode::error;
    std::optional<int> status;
    int remaining = 1;
    BOOST_DESCRIBE_CLASS(Fault, (), (id, provider, mode, status, remaining), (), ())
};

/// A message that a double accepted, as the person would get it.
struct Message {
    Uuid id{};
    std::string channel;
    std::string to;
    std::string from;
    std::optional<std::string> subject;
    std::optional<std::string> text;
    std::optional<std::string> html;
    Json headers; ///< an object: names and values as they are in the message
    std::string provider;
    std::string message_id;
    Time at{};
    BOOST_DESCRIBE_CLASS(Message, (), (id, channel, to, from, subject, text, html, headers, provider, message_id, at), (), ())
};

struct OutboxFilter {
    std::optional<std::string> channel;
    std::optional<std::string> to;
    std::optional<Int<1, 1000>> limit;
    BOOST_DESCRIBE_CLASS(OutboxFilter, (), (channel, to, limit), (), ())
};

/// How a double speaks when it is made to misbehave.
struct Manners {
    std::string_view provider;  ///< as in faults: "sendgrid"
    std::string_view operation; ///< for the list of calls: "mail/send"
    http::Response (*error)(int status);
    http::Response (*rate_limit)(int status);
};

/// What to send back to the product about a message.
struct EventsOrder {
    std::string message_id;
    std::vector<std::string> events;
    std::optional<std::string> url; ///< that was clicked
};

/// What a person writes by e-mail.
struct InboundOrder {
    std::string from;
    std::optional<std::string> to; ///< none: where the last letter to this person wants its answers
    std::optional<std::string> subject;
    std::string text;
    std::optional<std::string> auto_submitted; ///< the header of a machine's answer
};

struct Delivered {
    std::int64_t delivered = 0; ///< events that the product took
    std::optional<int> status;  ///< the product's answer; none where it gave none
    BOOST_DESCRIBE_CLASS(Delivered, (), (delivered, status), (), ())
};

/// The third parties' doubles, their outbox and their controls, all under /sandbox/. What they know is in the store, so that
/// several servers and workers share one outbox and nothing that was acknowledged is lost. One per thread.
class Sandbox {
public:
    Sandbox(boost::asio::io_context& io, db::Database& db, http::Client& client, Clock& clock, Options options);

    void routes(http::Router& router);
    /// The key that the doubles' webhooks are signed with: base64 SPKI, as SendGrid shows it. Made at first use.
    static Task<std::string> public_key(db::Database& db, const Context& ctx);
    /// The key that signs the webhooks of Mailgun's double. Made at first use.
    static Task<std::string> mailgun_key(db::Database& db, const Context& ctx);
    /// Repeats what the product did not take, until cancelled. One process of a store suffices; several do no harm.
    Task<> run();
    /// Lets go of calls that are being held, so that a server can stop.
    void stop();

    // For the doubles and the controls.
    /// Serves a call, or lets it go wrong if a fault is waiting; either way it is listed under /sandbox/calls.
    Task<http::Response> play(http::Context& ctx, const Manners& manners, const std::function<Task<http::Response>()>& serve);
    Task<> record(const Context& ctx, const Message& message, const Json& custom_args);
    Task<std::vector<Message>> outbox(const Context& ctx, const OutboxFilter& filter);
    Task<std::optional<Message>> find_message(const Context& ctx, std::string_view id_or_message_id);
    /// Signs and posts events about a message to the product's webhook. Throws Error 404, 422.
    Task<Delivered> send_events(const Context& ctx, const EventsOrder& order);
    /// Posts what a person wrote to the product's webhook for e-mail that comes in, signed. Throws Error 422.
    Task<Delivered> receive_email(const Context& ctx, const InboundOrder& order);
    /// Tries again what is due; how many were taken.
    Task<int> deliver_due(const Context& ctx);
    /// Whether the clock can be moved there: what is sent, kept and counted by it stands that.
    static bool is_possible(Time time);
    /// Moves the product's clock, for every process on the store. Throws Error 422 where it would leave what is possible.
    Task<Time> move_clock(const Context& ctx, std::optional<std::int64_t> advance_seconds, std::optional<Time> set);

    db::Database& db() { return db_; }
    const Clock& clock() const { return clock_; }
    const std::string& public_url() const { return options_.public_url; }

private:
    Task<http::Response> misbehave(
        http::Context& ctx, const Manners& manners, const Fault& fault, const std::function<Task<http::Response>()>& serve
    );
    Task<> hang();
    Task<Delivered> deliver(const Context& ctx, Uuid id);

    boost::asio::io_context& io_;
    db::Database& db_;
    http::Client& client_;
    Clock& clock_;
    Options options_;
    std::list<boost::asio::steady_timer*> held_; ///< of the calls that are kept waiting
};

// Each double and each group of controls registers its own routes.
void openai_routes(http::Router& router, Sandbox& sandbox);
void sendgrid_routes(http::Router& router, Sandbox& sandbox);
void receiver_routes(http::Router& router, Sandbox& sandbox);
void mailgun_routes(http::Router& router, Sandbox& sandbox);
void google_routes(http::Router& router, Sandbox& sandbox);
void control_routes(http::Router& router, Sandbox& sandbox);
void page_routes(http::Router& router, Sandbox& sandbox);

} // namespace doorstep::sandbox
