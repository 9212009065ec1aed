#include "test/support/test_app.hpp"

#include <fmt/format.h>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <stdexcept>

#include "app/reserved_port.hpp"
#include "app/schedule.hpp"
#include "core/log.hpp"
#include "core/time.hpp"
#include "db/migrations.hpp"
#include "db/store_clock.hpp"
#include "http/client.hpp"
#include "http/gate.hpp"
#include "http/idempotency.hpp"
#include "jobs/engine.hpp"
#include "jobs/worker.hpp"
#include "providers/weasyprint/weasyprint.hpp"

namespace doorstep::test {

namespace {

using namespace std::chrono_literals;

constexpr std::string_view password = "correct horse battery staple";

// Hashing costs more than everything else that opening an account does.
const std::string& known_hash() {
    static const std::string hash = hash_password(password);
    return hash;
}

/// One for all tests: its processes start when first needed.
exports::PdfRenderer& pdf_renderer() {
    static const auto renderer = providers::make_weasyprint();
    return *renderer;
}

std::optional<JsonView> find(JsonView value, std::string_view path) {
    while (!path.empty()) {
        auto dot = std::min(path.find('.'), path.size());
        auto name = path.substr(0, dot);
        path.remove_prefix(std::min(dot + 1, path.size()));
        if (value.kind() == JsonView::Kind::array) {
            auto index = std::stoul(std::string(name));
            if (index >= value.size()) return std::nullopt;
            value = value.at(index);
        } else {
            auto member = value.find(name);
            if (!member) return std::nullopt;
            value = *member;
        }
    }
    return value;
}

db::Options options() {
    db::Options options;
    options.enter = &identity::enter_query();
    return options;
}

struct CountRow {
    std::int64_t due = 0;
    BOOST_DESCRIBE_CLASS(CountRow, (), (due), (), ())
};

const db::Query due_jobs_sql{"test.due_jobs", R"sql(
    select count(*) as due from app.jobs where state = 'ready' or (state = 'waiting' and run_at <= $1)
)sql"};

} // namespace

std::string Reply::operator[](std::string_view path) const {
    auto document = JsonDocument::try_parse(body);
    if (!document) return "";
    auto value = find(document->root(), path);
    if (!value) return "";
    return value->kind() == JsonView::Kind::string ? std::string(value->string()) : value->text();
}

std::size_t Reply::size(std::string_view path) const {
    auto document = JsonDocument::try_parse(body);
    if (!document) return 0;
    auto value = find(document->root(), path);
    return value ? value->size() : 0;
}

/// What is made once the store and the clock stand.
struct TestApp::Parts {
    Parts(TestApp& test, Providers kind)
        : db(test.store.make_database(test.io, options())),
          engine_db(test.store.make_database(test.io, jobs::engine_options({}))),
          client(test.io),
          shared(config(), std::string(32, 'k')),
          providers(make_providers(test, kind)),
          modules({
              .db = *db,
              .blocking = shared.blocking,
              .sealer = shared.sealer,
              .publish = [](events::LiveNotice) {},
              .model = kind == Providers::fakes ? &test.model : providers.model.get(),
              .sender = kind == Providers::fakes ? &test.sender : providers.sender.get(),
              .letters = kind == Providers::fakes ? &test.letters : providers.letters(),
              .sendgrid = providers.sendgrid_events.get(),
              .mailgun = providers.mailgun_events.get(),
              .inbound = providers.sendgrid_inbound.get(),
              .pdf = &pdf_renderer(),
              .google = providers.google.get(),
              .google_calendar = providers.google_calendar.get(),
              .letters_from = plan.letters_from,
              .sending = plan.sending,
              .client = &client,
              .webhook_receiver = plan.webhook_receiver,
              .files_folder = test.files.path(),
          }),
          status(shared, *db),
          pages(shared),
          desk(*db) {
        shared.public_url = "http://app.test";
        auto versions = db::all_migrations();
        shared.schema_version = versions.empty() ? 0 : versions.back().version;
        app::list_routes(router, modules, status, pages, desk);
        if (sandbox) sandbox->routes(router);
        router.check();
        http::ServerOptions server_options;
        server_options.rate_per_second = 0;
        server_options.public_url = shared.public_url;
        if (port) {
            server_options.port = port->port();
            server_options.joins = true;
        }
        server.emplace(test.io, server_options, test.clock, router, modules.identity, *db);
        if (port) server->listen();
    }

    static app::Config config() {
        auto config = app::read_config({});
        config.doorstep_public_url = app::WebAddress{"http://app.test"};
        return config;
    }

    app::Providers make_providers(TestApp& test, Providers kind) {
        if (kind == Providers::fakes) {
            plan = app::plan_providers(shared.config, std::nullopt);
            return {};
        }
        port.emplace(test.io);
        auto url = fmt::format("http://127.0.0.1:{}", port->port());
        sandbox.emplace(test.io, *db, client, test.clock, sandbox::Options{.product_url = url, .hang = 3s});
        Context ctx(test.clock);
        auto key = test::run(test.io, sandbox::Sandbox::public_key(*db, ctx));
        auto mailgun_key = test::run(test.io, sandbox::Sandbox::mailgun_key(*db, ctx));
        plan = app::plan_providers(shared.config, app::SandboxDoubles{url + "/sandbox", key, mailgun_key});
        plan.webhook_receiver = url + "/sandbox/webhooks/";
        return app::make_providers(plan, client, test.clock);
    }

    std::unique_ptr<db::Database> db;
    std::unique_ptr<db::Database> engine_db;
    http::Client client;
    app::Shared shared;
    app::ProviderPlan plan;
    std::optional<app::ReservedPort> port;
    std::optional<sandbox::Sandbox> sandbox;
    app::Providers providers;
    app::Modules modules;
    app::Status status;
    app::Pages pages;
    app::JobDesk desk;
    http::Router router;
    std::optional<http::Server> server;
};

TestApp::TestApp(Providers providers) : parts_(std::make_unique<Parts>(*this, providers)) {
    log::set_level(log::Level::warn);
    set_time("2030-03-04T15:00:00Z");
    ada_ = std::make_unique<Visitor>(open_account("Ada Homes", "ada@example.com"));
    ada_account_ = *Uuid::parse(ada_->get("/api/auth/me")["account.id"]);
}

TestApp::~TestApp() {
    ada_.reset();
    other_.reset();
    parts_->db->close();
    parts_->engine_db->close();
    auto stopping = parts_->server->stop(0s);
    test::run(io, std::move(stopping));
    parts_.reset();
}

app::Modules& TestApp::modules() {
    return parts_->modules;
}
std::string TestApp::receiver(const std::string& name) const {
    return parts_->plan.webhook_receiver + name;
}
db::Database& TestApp::db() {
    return *parts_->db;
}
identity::OpenIdProvider& TestApp::google() {
    return *parts_->providers.google;
}
calendar::CalendarProvider& TestApp::google_calendar() {
    return *parts_->providers.google_calendar;
}
const http::Router& TestApp::router() const {
    return parts_->router;
}
http::Server& TestApp::server() {
    return *parts_->server;
}

Visitor& TestApp::other() {
    if (!other_) other_ = std::make_unique<Visitor>(open_account("Bob Homes", "bob@example.com"));
    return *other_;
}

Visitor TestApp::open_account(
    const std::string& name, const std::string& email, accounts::Kind kind, const std::string& parent
) {
    accounts::NewAccount input;
    input.kind = kind;
    if (auto id = Uuid::parse(parent)) input.parent_id = Id<accounts::Account>{*id};
    input.name.value = name;
    input.owner_email.value = email;
    input.owner_name.value = name.substr(0, name.find(' '));
    Context ctx(clock);
    ctx.all_accounts = true;
    ctx.actor = {Actor::Kind::system, {}, "test"};
    auto opening = parts_->modules.accounts.open(ctx, input, known_hash());
    run(std::move(opening));
    return sign_in(email);
}

Visitor TestApp::sign_in(const std::string& email) {
    auto signed_in = stranger().post("/api/auth/login", fmt::format(R"({{"email":"{}","password":"{}"}})", email, password));
    if (signed_in.status != 200) throw std::runtime_error("somebody can't sign in: " + signed_in.body);
    std::string refresh;
    for (auto& [name, value] : signed_in.headers.all()) {
        constexpr std::string_view cookie = "doorstep_refresh=";
        if (name == "Set-Cookie" && value.starts_with(cookie))
            refresh = value.substr(cookie.size(), value.find(';') - cookie.size());
    }
    return Visitor(*this, signed_in["accessToken"], refresh);
}

Visitor TestApp::join(const std::string& role, const std::string& account) {
    auto id = Uuid::v7(now()).text();
    auto email = role + "-" + id + "@example.com";
    store.exec(fmt::format(
        "insert into users (id, name, email, email_key, password_hash, email_verified_at, created_at) "
        "values ('{0}', '{1}', '{2}', '{2}', '{3}', '{4}', '{4}');"
        "insert into memberships (account_id, user_id, role, created_at) values ('{5}', '{0}', '{1}', '{4}')",
        id, role, email, known_hash(), format_rfc3339(now()), account.empty() ? ada_account_.text() : account
    ));
    return sign_in(email);
}

void TestApp::advance(std::chrono::microseconds by) {
    db::StoreClock store_clock(io, clock, *parts_->db);
    auto moving = store_clock.move(clock.offset() + by);
    run(std::move(moving));
}

void TestApp::set_time(std::string_view rfc3339) {
    advance(*parse_rfc3339(rfc3339) - now());
}

Context TestApp::context() const {
    Context ctx(clock);
    ctx.account_id = ada_account_;
    ctx.actor = {Actor::Kind::system, {}, "test"};
    return ctx;
}

namespace {

Context everyone(const Clock& clock) {
    Context ctx(clock);
    ctx.all_accounts = true;
    ctx.actor = {Actor::Kind::system, {}, "test"};
    return ctx;
}

Task<std::int64_t> tick(app::Modules& modules, const Clock& clock) {
    auto ctx = everyone(clock);
    auto dispatched = co_await modules.journeys.dispatch_due(ctx);
    co_await modules.messages.reconcile(ctx);
    co_await modules.journeys.reconcile(ctx);
    co_await modules.progression.evaluate_events(ctx);
    co_await modules.progression.evaluate_silence(ctx);
    dispatched += co_await modules.webhooks.dispatch(ctx);
    dispatched += co_await modules.calendar.look_after_all(ctx);
    co_await modules.insights.fold(ctx);
    co_await modules.onboarding.remind(ctx);
    co_await modules.notifications.send_due(ctx);
    co_await modules.notifications.send_digests(ctx);
    co_await modules.summaries.send_due(ctx);
    co_await modules.files.sweep(ctx);
    co_await modules.cleanup.purge(ctx);
    co_return dispatched;
}

Task<bool> work_off(boost::asio::io_context& io, db::Database& db, const Clock& clock, const jobs::Registry& registry) {
    auto ctx = everyone(clock);
    auto count_due = [&]() -> Task<std::int64_t> {
        auto now = ctx.now();
        auto row = co_await db.one<CountRow>(ctx, due_jobs_sql, now);
        co_return row.due;
    };
    auto left = co_await count_due();
    if (left == 0) co_return false;
    jobs::Worker worker(io, db, clock, registry);
    worker.start();
    boost::asio::steady_timer timer(io);
    for (int turn = 0; left > 0; ++turn) {
        if (turn > 3000) throw std::runtime_error("jobs do not come to rest");
        timer.expires_after(10ms);
        co_await timer.async_wait(boost::asio::use_awaitable);
        left = co_await count_due();
    }
    co_await worker.stop();
    co_return true;
}

} // namespace

void TestApp::run_jobs() {
    jobs::Registry registry;
    parts_->modules.jobs(registry);
    for (int round = 0; round < 100; ++round) {
        auto dispatched = run(tick(parts_->modules, clock));
        auto worked = run(work_off(io, *parts_->engine_db, clock, registry));
        if (dispatched == 0 && !worked) return;
    }
    throw std::runtime_error("jobs make jobs without end");
}

std::string TestApp::make_client(std::string_view email, std::string_view more_members, bool with_tasks) {
    auto body = fmt::format(
        R"({{"name":"Kim Doe","email":"{}","property_address":"1 Main St, Springfield","property_type":"residential","stage":"lead"{}{}}})",
        email, more_members.empty() ? "" : ",", more_members
    );
    auto made = post(with_tasks ? "/api/clients" : "/api/clients?create_tasks=false", body);
    if (made.status != 201) throw std::runtime_error("the client was refused: " + made.body);
    return made["id"];
}

namespace {

class Collected final : public http::Stream {
public:
    explicit Collected(std::string& bytes) : bytes_(bytes) {}
    Task<> send(std::string_view bytes) override {
        bytes_ += bytes;
        co_return;
    }
    bool open() const override { return true; }

private:
    std::string& bytes_;
};

} // namespace

Reply Visitor::send(std::string method, std::string path, std::string body, HeaderFields headers) {
    return app_->run(ask(std::move(method), std::move(path), std::move(body), std::move(headers)));
}

Visitor::Visitor(TestApp& app, std::string token, std::string refresh)
    : app_(&app), tokens_(std::make_shared<Tokens>(Tokens{std::move(token), std::move(refresh), app.now() + 15min})) {}

/// As every client does: refreshes the session before a request that would come too late.
Task<> Visitor::go_on() {
    if (tokens_->refresh.empty() || app_->now() < tokens_->until) co_return;
    http::Request request;
    request.method = "POST";
    request.target = request.path = "/api/auth/refresh";
    request.client_ip = "192.0.2.1";
    request.headers.add("Host", "app.test");
    request.headers.add("Content-Type", "application/json");
    request.body = fmt::format(R"({{"refreshToken":"{}"}})", tokens_->refresh);
    auto answer = co_await app_->parts_->server->answer(std::move(request));
    if (answer.status != 200) co_return;
    Reply reply{answer.status, {}, std::move(answer.body)};
    *tokens_ = {reply["accessToken"], reply["refreshToken"], app_->now() + 15min};
}

Task<Reply> Visitor::ask(std::string method, std::string path, std::string body, HeaderFields headers) {
    co_await go_on();
    http::Request request;
    request.method = std::move(method);
    request.target = path;
    request.client_ip = "192.0.2.1";
    if (auto refusal = http::read_target(path, request)) co_return Reply{refusal->status, {}, std::string(refusal->detail)};
    request.headers.add("Host", "app.test");
    if (!token().empty()) request.headers.add("Authorization", "Bearer " + token());
    if (!body.empty()) request.headers.add("Content-Type", "application/json");
    for (auto& [name, value] : headers) request.headers.set(name, std::move(value));
    request.body = std::move(body);
    auto response = co_await app_->parts_->server->answer(std::move(request));
    // Files come as streams that end; the live pages' stream does not.
    bool file = response.headers.find("Content-Disposition").has_value();
    if (response.stream && file) {
        Collected collected(response.body);
        co_await response.stream(collected);
    }
    co_return Reply{
        response.status, std::move(response.headers),
        response.static_body.empty() ? std::move(response.body) : std::string(response.static_body)
    };
}

} // namespace doorstep::test
