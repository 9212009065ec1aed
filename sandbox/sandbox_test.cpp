#include "sandbox/sandbox.hpp"

#include <doctest/doctest.h>

#include "core/json.hpp"
#include "http/server.hpp"
#include "providers/openai/openai.hpp"
#include "providers/sendgrid/event_signature.hpp"
#include "providers/sendgrid/sendgrid.hpp"
#include "test/support/contract.hpp"
#include "test/support/raw_server.hpp"
#include "test/support/run.hpp"
#include "test/support/test_store.hpp"

using namespace doorstep;
using namespace std::chrono_literals;
using mail::SendResult;
using test::HttpDouble;

namespace {

/// Nobody signs in here.
struct NoAuthenticator final : http::Authenticator {
    Task<http::Principal> authenticate(http::Context&) override { throw unauthorized(); }
    Task<> confirm(http::Context&) override { co_return; }
    Task<> note_act(db::Session&, const http::Context&, const std::string&) override { co_return; }
};

/// A process with the sandbox, and a product that notes what its webhook gets.
struct World {
    World() : World(std::make_shared<test::TestStore>()) {}
    explicit World(std::shared_ptr<test::TestStore> shared_store)
        : store(std::move(shared_store)),
          product([this](const HttpDouble::Seen&) { return HttpDouble::Answer{.status = product_status}; }),
          db(store->make_database(io)),
          sandbox(io, *db, client, clock, {.product_url = product.url(), .hang = 1500ms}) {
        sandbox.routes(router);
        router.check();
        server.emplace(
            io, http::ServerOptions{.port = 0, .rate_per_second = 1e6, .rate_burst = 1e6}, clock, router, authenticator, *db
        );
        server->listen();
    }
    ~World() {
        sandbox.stop();
        test::run(io, server->stop(2s));
    }

    std::string url(std::string_view path) const {
        return "http://127.0.0.1:" + std::to_string(server->port()) + "/sandbox" + std::string(path);
    }

    http::Reply ask(
        std::string method, std::string_view path, std::string body = {},
        std::vector<std::pair<std::string, std::string>> headers = {}
    ) {
        http::Call call{.method = std::move(method), .url = url(path), .body = std::move(body), .timeout = 10s};
        if (!call.body.empty()) call.headers.add("Content-Type", "application/json");
        for (auto& [name, value] : headers) call.headers.set(name, value);
        auto reply = test::run(io, client.send(std::move(call)));
        REQUIRE(reply.has_value());
        return *reply;
    }
    JsonDocument json(std::string_view path) { return JsonDocument::parse(ask("GET", path).body); }

    mail::OutgoingEmail email(std::string id = "e-1") {
        return {
            .email_id = std::move(id),
            .account_id = "a-1",
            .client_id = "c-1",
            .task_id = "t-1",
            .from = {"agent@example.com"},
            .from_name = "Åsa Berg",
            .reply_to = Email{"reply@example.com"},
            .to = {"Ana@example.com"},
            .to_name = "Ana Ruiz",
            .subject = "Your <tour>",
            .text = "Hi Ana, see https://example.com/x.",
            .html = "<p>Hi <b>Ana</b></p>",
            .unsubscribe_url = "https://app.example.com/u/T"
        };
    }
    SendResult send(const mail::OutgoingEmail& email, std::chrono::milliseconds timeout = 5s) {
        auto sender = providers::make_sendgrid(
            {.api_key = "SG.sandbox.key", .base_url = url("/sendgrid"), .timeout = timeout}, client, clock
        );
        return test::run(io, sender->send(email));
    }
    auto complete(const ai::Prompt& prompt) {
        auto model = providers::make_openai({.api_key = "sk-sandbox", .base_url = url("/openai")}, client);
        return test::run(io, model->complete(prompt));
    }
    std::size_t outbox_size() { return json("/outbox").root().find("items")->size(); }
    void fault(std::string body) { REQUIRE(ask("POST", "/faults", std::move(body)).status == 201); }
    std::string public_key() {
        Context ctx(clock);
        return test::run(io, sandbox::Sandbox::public_key(*db, ctx));
    }

    std::shared_ptr<test::TestStore> store;
    std::atomic<int> product_status = 200;
    HttpDouble product;
    boost::asio::io_context io;
    Clock clock;
    std::unique_ptr<db::Database> db;
    http::Client client{io};
    sandbox::Sandbox sandbox;
    http::Router router;
    NoAuthenticator authenticator;
    std::optional<http::Server> server;
};

const ai::Prompt letter_prompt{
    .system = "Write a follow-up e-mail.",
    .user = "<record>\nClient's name: Ana Ruiz\nProperty: 12 Main St, Springfield\nOccasion: Day 1\nAgency: Hearth Realty\n",
    .max_tokens = 500,
    .schema_name = "email",
    .schema =
        R"({"type":"object","properties":{"subject":{"type":"string"},"body":{"type":"string"}},"required":["subject","body"],"additionalProperties":false})",
    .timeout = 5s,
};

} // namespace

TEST_CASE("sandbox: a message that the client sends is in the outbox as the person would get it") {
    World world;
    auto result = world.send(world.email());
    REQUIRE(result.kind == SendResult::Kind::accepted);
    CHECK(result.provider_id.size() >= 20);

    auto document = world.json("/outbox");
    auto items = *document.root().find("items");
    REQUIRE(items.size() == 1);
    auto item = items.at(0);
    CHECK(item.find("channel")->string() == "email");
    CHECK(item.find("provider")->string() == "sendgrid");
    CHECK(item.find("message_id")->string() == result.provider_id);
    CHECK(item.find("to")->string() == "Ana@example.com");
    CHECK(item.find("from")->string() == "Åsa Berg <agent@example.com>");
    CHECK(item.find("subject")->string() == "Your <tour>");
    CHECK(item.find("html")->string() == "<p>Hi <b>Ana</b></p>");
    auto headers = *item.find("headers");
    CHECK(headers.find("List-Unsubscribe")->string() == "<https://app.example.com/u/T>");
    CHECK(headers.find("List-Unsubscribe-Post")->string() == "List-Unsubscribe=One-Click");
    CHECK(headers.find("To")->string() == "Ana Ruiz <Ana@example.com>");
    CHECK(headers.find("Reply-To")->string() == "reply@example.com");
    CHECK(item.size() == 11);
}

TEST_CASE("sandbox: the outbox is newest first, filtered and limited, and shared by processes") {
    World first;
    World second(first.store);
    for (int i = 0; i < 3; ++i) {
        auto mail = first.email("e-" + std::to_string(i));
        mail.to = {"p" + std::to_string(i) + "@example.com"};
        REQUIRE((i % 2 ? first : second).send(mail).kind == SendResult::Kind::accepted);
    }
    auto all = first.json("/outbox");
    REQUIRE(all.root().find("items")->size() == 3);
    CHECK(all.root().find("items")->at(0).find("to")->string() == "p2@example.com");
    CHECK(second.json("/outbox?to=P1@example.com").root().find("items")->size() == 1);
    CHECK(second.json("/outbox?channel=sms").root().find("items")->size() == 0);
    CHECK(second.json("/outbox?limit=2").root().find("items")->size() == 2);
    CHECK(second.ask("GET", "/outbox?limit=1001").status == 422);
    CHECK(first.public_key() == second.public_key());
}

TEST_CASE("sandbox: events reach the product's webhook, signed, with our ids as keys of their own") {
    World world;
    world.ask("POST", "/clock", R"({"advance_seconds": 1000000})");
    auto sent = world.send(world.email());
    auto reply = world.ask(
        "POST", "/email-events",
        R"({"message_id":)" + json_quote(sent.provider_id) +
            R"(,"events":["delivered","open","click","bounce","machine_open"],"url":"https://example.com/x"})"
    );
    CHECK(reply.status == 200);
    CHECK(reply.body == R"({"delivered":5,"status":200})");

    REQUIRE(world.product.seen().size() == 1);
    auto seen = world.product.seen().at(0);
    CHECK(seen.start_line == "POST /webhook/sendgrid HTTP/1.1");
    CHECK(seen.body.ends_with("\r\n"));
    http::Headers headers;
    for (auto name : {"X-Twilio-Email-Event-Webhook-Signature", "X-Twilio-Email-Event-Webhook-Timestamp"}) {
        auto at = seen.head.find(std::string("\r\n") + name + ": ");
        REQUIRE(at != seen.head.npos);
        auto start = at + 4 + std::string(name).size();
        headers.add(name, seen.head.substr(start, seen.head.find("\r\n", start) - start));
    }
    auto signed_at = providers::verify_sendgrid_events({world.public_key()}, headers, seen.body);
    REQUIRE(signed_at.has_value());
    CHECK(world.clock.now() - *signed_at < 5s); // the product's clock, not the system's

    auto document = JsonDocument::parse(seen.body);
    auto events = document.root();
    REQUIRE(events.size() == 5);
    auto text = [&](std::size_t index, std::string_view name) {
        auto value = events.at(index).find(name);
        REQUIRE(value.has_value());
        return std::string(value->string());
    };
    for (std::size_t i = 0; i < 5; ++i) {
        CHECK(text(i, "email") == "Ana@example.com");
        CHECK(text(i, "email_id") == "e-1");
        CHECK(text(i, "task_id") == "t-1");
        CHECK(text(i, "sg_message_id").starts_with(sent.provider_id + "."));
        CHECK(text(i, "sg_event_id").size() > 10);
        CHECK(events.at(i).find("timestamp")->kind() == JsonView::Kind::integer);
    }
    CHECK(text(0, "sg_event_id") != text(1, "sg_event_id"));
    CHECK(text(0, "event") == "delivered");
    CHECK_FALSE(events.at(1).find("sg_machine_open")->boolean());
    CHECK(text(2, "url") == "https://example.com/x");
    CHECK(text(3, "type") == "bounce");
    CHECK(text(3, "status").starts_with("5."));
    CHECK(text(4, "event") == "open");
    CHECK(events.at(4).find("sg_machine_open")->boolean());

    CHECK(world.ask("POST", "/email-events", R"({"message_id":"nobody's","events":["open"]})").status == 404);
    auto exploded = R"({"message_id":)" + json_quote(sent.provider_id) + R"(,"events":["exploded"]})";
    CHECK(world.ask("POST", "/email-events", exploded).status == 422);
    CHECK(world.ask("POST", "/email-events", R"({"message_id":"x","events":[]})").status == 422);
}

TEST_CASE("sandbox: events that the product does not take come again, later and once") {
    World world;
    auto sent = world.send(world.email());
    world.product_status = 500;
    auto reply =
        world.ask("POST", "/email-events", R"({"message_id":)" + json_quote(sent.provider_id) + R"(,"events":["delivered"]})");
    CHECK(reply.body == R"({"delivered":0,"status":500})");
    auto due = [&] {
        Context ctx(world.clock);
        return test::run(world.io, world.sandbox.deliver_due(ctx));
    };
    CHECK(due() == 0);
    CHECK(world.product.seen().size() == 1); // not yet
    world.product_status = 204;
    world.ask("POST", "/clock", R"({"advance_seconds": 90})");
    CHECK(due() == 1);
    world.ask("POST", "/clock", R"({"advance_seconds": 90000})");
    CHECK(due() == 0);
    REQUIRE(world.product.seen().size() == 2);
    CHECK(world.product.seen()[0].body == world.product.seen()[1].body); // the same event ids
}

TEST_CASE("sandbox: the model writes a personal letter in the schema asked for, the same each time") {
    World world;
    auto first = world.complete(letter_prompt);
    REQUIRE(first.has_value());
    auto document = JsonDocument::parse(first->text);
    auto body = std::string(document.root().find("body")->string());
    CHECK(document.root().size() == 2);
    CHECK(body.starts_with("Hi Ana,\n\n"));
    CHECK(body.find("12 Main St, Springfield") != body.npos);
    CHECK(body.find("Hearth Realty") != body.npos);
    CHECK(document.root().find("subject")->string().find("Ana") != std::string_view::npos);
    auto second = world.complete(letter_prompt);
    REQUIRE(second.has_value());
    CHECK(first->text == second->text);

    auto short_prompt = letter_prompt;
    short_prompt.max_tokens = 5;
    auto cut = world.complete(short_prompt);
    REQUIRE_FALSE(cut.has_value());
    CHECK(cut.error().reason.find("cut off") != std::string::npos);
}

TEST_CASE("sandbox: facts are read from JSON too") {
    World world;
    ai::Prompt prompt{
        .system = R"(Answer with {"subject": "..."}.)",
        .user = R"(Write to them. {"client": {"name": "Bo Li"}, "property_address": "7 Elm Rd", "followup_type": "Month 3"})",
        .timeout = 5s
    };
    auto result = world.complete(prompt);
    REQUIRE(result.has_value());
    CHECK(result->text.find("Hi Bo,") != std::string::npos);
    CHECK(result->text.find("7 Elm Rd") != std::string::npos);
}

TEST_CASE("sandbox: faults make the next calls go wrong, as many as asked for, then all is well") {
    World world;
    using Kind = SendResult::Kind;

    world.fault(R"({"provider":"sendgrid","mode":"error","status":503,"count":2})");
    CHECK(world.ask("GET", "/faults").body.find("\"remaining\":2") != std::string::npos);
    for (int i = 0; i < 2; ++i) CHECK(world.send(world.email()).kind == Kind::later);
    CHECK(world.send(world.email()).kind == Kind::accepted);
    CHECK(world.outbox_size() == 1);

    world.fault(R"({"provider":"sendgrid","mode":"error","status":400})");
    CHECK(world.send(world.email()).kind == Kind::rejected);

    world.fault(R"({"provider":"sendgrid","mode":"rate_limit"})");
    auto limited = world.send(world.email());
    CHECK(limited.kind == Kind::later);
    CHECK(limited.retry_at.has_value());

    world.fault(R"({"provider":"sendgrid","mode":"garbage"})");
    CHECK(world.send(world.email()).kind == Kind::ambiguous);
    CHECK(world.outbox_size() == 1);

    world.fault(R"({"provider":"sendgrid","mode":"timeout"})");
    CHECK(world.send(world.email(), 300ms).kind == Kind::ambiguous);
    CHECK(world.outbox_size() == 1);

    world.fault(R"({"provider":"sendgrid","mode":"accept_then_drop"})");
    CHECK(world.send(world.email("dropped")).kind == Kind::ambiguous);
    CHECK(world.outbox_size() == 2); // taken once, though the client was not told

    for (auto mode : {"error", "rate_limit", "garbage"}) {
        world.fault(R"({"provider":"openai","mode":")" + std::string(mode) + R"("})");
        auto failed = world.complete(letter_prompt);
        REQUIRE_FALSE(failed.has_value());
        CHECK(failed.error().retryable);
    }
    CHECK(world.complete(letter_prompt).has_value());

    auto calls = world.json("/calls");
    CHECK(calls.root().find("items")->size() == 12);
    CHECK(calls.root().find("items")->at(0).find("fault")->is_null());
}

TEST_CASE("sandbox: faults of two processes are one list, and can be cleared") {
    World first;
    World second(first.store);
    first.fault(R"({"provider":"sendgrid","mode":"error"})");
    CHECK(second.send(second.email()).kind == SendResult::Kind::later);
    CHECK(first.send(first.email()).kind == SendResult::Kind::accepted);
    first.fault(R"({"provider":"sendgrid","mode":"error","count":100})");
    CHECK(second.ask("DELETE", "/faults").status == 204);
    CHECK(first.send(first.email()).kind == SendResult::Kind::accepted);

    CHECK(first.ask("POST", "/faults", R"({"provider":"nobody","mode":"error"})").status == 422);
    CHECK(first.ask("POST", "/faults", R"({"provider":"openai","mode":"sulk"})").status == 422);
    CHECK(first.ask("POST", "/faults", R"({"provider":"openai","mode":"error","status":200})").status == 422);
    CHECK(first.ask("POST", "/faults", R"({"provider":"openai","mode":"error","count":0})").status == 422);
}

TEST_CASE("sandbox: the clock moves by steps and to a time, for every process") {
    World world;
    auto before = world.clock.now();
    auto reply = world.ask("POST", "/clock", R"({"advance_seconds": 86400})");
    CHECK(reply.status == 200);
    CHECK(world.clock.now() - before >= 24h);
    CHECK(world.store->value("select offset_us from app.clock") == "86400000000");
    reply = world.ask("POST", "/clock", R"({"set": "2030-01-01T12:00:00+02:00"})");
    auto document = JsonDocument::parse(reply.body);
    CHECK(document.root().find("now")->string().starts_with("2030-01-01T10:00:0"));
    CHECK(world.ask("GET", "/clock").body.starts_with(R"({"now":"2030-01-01T10:00:0)"));
    for (auto far : {"9999-12-31T23:59:59Z", "1969-01-01T00:00:00Z", "2100-01-01T00:00:00Z"}) {
        CAPTURE(far);
        CHECK(world.ask("POST", "/clock", R"({"set":")" + std::string(far) + "\"}").status == 422);
    }
    CHECK(world.ask("POST", "/clock", R"({"set":"2095-01-01T00:00:00Z"})").status == 200);
    CHECK(world.ask("POST", "/clock", R"({"advance_seconds":315360000})").status == 422);
    CHECK(world.ask("GET", "/clock").body.starts_with(R"({"now":"2095-01-01T00:00:0)"));
    for (auto bad :
         {"{}", R"({"advance_seconds": 1, "set": "2030-01-01T12:00:00Z"})", R"({"set": "tomorrow"})", R"({"advance": 1})",
          R"({"advance_seconds": 1e12})"}) {
        CAPTURE(bad);
        CHECK(world.ask("POST", "/clock", bad).status == 422);
    }
    CHECK(world.ask("POST", "/inbound", R"({"channel":"sms","from":"+15551234567","text":"hi"})").status == 422);
}

TEST_CASE("sandbox: pages for people") {
    World world;
    std::vector<std::pair<std::string, std::string>> browser = {{"Accept", "text/html,application/xhtml+xml"}};
    CHECK(world.ask("GET", "/outbox", "", browser).body.find("Nothing has been sent") != std::string::npos);
    auto sent = world.send(world.email());
    auto page = world.ask("GET", "/outbox", "", browser);
    CHECK(page.headers.find("content-type")->starts_with("text/html"));
    CHECK(page.body.find("Your &lt;tour&gt;") != page.body.npos);
    CHECK(page.body.find("<tour>") == page.body.npos);
    auto listed = world.json("/outbox");
    auto id = std::string(listed.root().find("items")->at(0).find("id")->string());

    auto message = world.ask("GET", "/outbox/" + id, "", browser).body;
    CHECK(message.find("href=\"https://app.example.com/u/T\"") != message.npos);
    CHECK(message.find("<a href=\"https://example.com/x\"") != message.npos);
    CHECK(message.find("sandbox=\"allow-popups") != message.npos);
    CHECK(message.find(R"(name="message_id" value=")" + sent.provider_id) != message.npos);
    auto frame = world.ask("GET", "/outbox/" + id + "/html");
    CHECK(frame.body.find("<p>Hi <b>Ana</b></p>") != frame.body.npos);
    CHECK(frame.headers.find("content-security-policy")->starts_with("sandbox "));
    CHECK(frame.headers.find("content-security-policy")->find("frame-ancestors 'self'") != std::string_view::npos);
    CHECK(world.ask("GET", "/outbox/01930000-0000-7000-8000-000000000000", "", browser).status == 404);

    auto pressed = world.ask(
        "POST", "/email-events", "message_id=" + sent.provider_id + "&events=open",
        {{"Content-Type", "application/x-www-form-urlencoded"},
         {"Sec-Fetch-Site", "same-origin"},
         {"Referer", "http://x/sandbox/outbox/" + id}}
    );
    CHECK(pressed.status == 303);
    CHECK(*pressed.headers.find("location") == "/sandbox/outbox/" + id);
    CHECK(world.product.seen().size() == 1);
    CHECK(
        world.ask("POST", "/clock", "advance_seconds=3600", {{"Content-Type", "application/x-www-form-urlencoded"}}).status ==
        303
    );
    CHECK(world.ask("POST", "/clock", R"({"advance_seconds":1})", {{"Sec-Fetch-Site", "cross-site"}}).status == 403);
    for (auto origin : {"https://evil.example", "null", "http://127.0.0.1:1"}) {
        CAPTURE(origin);
        CHECK(world.ask("POST", "/clock", R"({"advance_seconds":1})", {{"Origin", origin}}).status == 403);
    }
}
