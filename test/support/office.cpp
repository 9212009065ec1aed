#include "test/support/office.hpp"

#include <doctest/doctest.h>

namespace doorstep::test {
namespace {

const db::Query paused_write_sql{"test.paused_write", "update accounts set signature = 'written' where id = $1"};

Task<> paused_write(Pause& pause, http::Context& ctx) {
    if (pause.meanwhile) co_await pause.meanwhile();
    co_await pause.db.exec(ctx, paused_write_sql, ctx.account_id);
}

http::ServerOptions options(const std::string& public_url) {
    http::ServerOptions options;
    options.public_url = public_url;
    options.rate_per_second = 0;
    return options;
}

} // namespace

Desk::Desk(
    const TestStore& store, boost::asio::io_context& io, const Clock& clock, Blocking& blocking, const Sealer& sealer,
    const std::string& public_url
)
    : io(io),
      db(store.make_database(io, {.enter = &identity::enter_query()})),
      events(*db, [](const events::LiveNotice&) {}),
      accounts(*db),
      identity(*db, accounts, events, blocking, sealer),
      pause{*db, {}},
      server(io, options(public_url), clock, router, identity, *db) {
    identity::routes(router, identity);
    router.add("POST", "/api/paused", pause, paused_write).scope("clients:write");
    router.permit(accounts::permission_of);
    router.check();
}

Task<http::Response> Desk::ask(std::string method, std::string path, Fields headers, std::string body) {
    http::Request request;
    request.method = std::move(method);
    request.target = path;
    request.path = std::move(path);
    request.client_ip = client_ip;
    request.secure = secure;
    request.headers.add("Host", "office.test");
    if (!body.empty()) request.headers.add("Content-Type", "application/json");
    for (auto& [name, value] : headers) request.headers.add(name, value);
    request.body = std::move(body);
    co_return co_await server.answer(std::move(request));
}

http::Response Desk::send(std::string method, std::string path, Fields headers, std::string body) {
    return run(io, ask(std::move(method), std::move(path), std::move(headers), std::move(body)));
}

Office::Office()
    : a(store, io, clock, blocking, sealer), b(store, io, clock, blocking, sealer), ada(open("Ada Homes", "ada@example.com")) {}

accounts::Opened Office::open(const std::string& name, const std::string& email) {
    static const std::string hash = hash_password(password);
    Context ctx(clock);
    accounts::NewAccount input;
    input.name.value = name;
    input.owner_email.value = email;
    input.owner_name.value = "Ada";
    return run(io, a.accounts.open(ctx, input, hash));
}

std::string Office::join(const accounts::Opened& account, const std::string& email, const std::string& role) {
    // Somebody with an account of their own, which they leave.
    auto own = open("Somebody", email);
    auto user = own.user_id.text();
    store.exec(
        "update memberships set account_id = '" + account.account_id.text() + "', role = '" + role + "' where user_id = '" +
        user + "'"
    );
    return user;
}

http::Response Office::try_sign_in(Desk& desk, const std::string& email, const std::string& word, Fields headers) {
    auto body = R"({"email":)" + json_quote(email) + R"(,"password":)" + json_quote(word) + "}";
    return desk.send("POST", "/api/auth/login", std::move(headers), body);
}

Browser Office::sign_in(Desk& desk, const std::string& email) {
    auto response = try_sign_in(desk, email);
    REQUIRE(response.status == 200);
    auto me = desk.send("GET", "/api/auth/me", {{"Authorization", "Bearer " + member(response, "accessToken")}});
    REQUIRE(me.status == 200);
    return {member(response, "accessToken"), member(me, "csrf_token")};
}

std::string Office::make_key(const Browser& browser, const std::string& scopes) {
    auto response = a.send("POST", "/api/api-keys", browser.write(), R"({"name":"Zap","scopes":)" + scopes + "}");
    REQUIRE(response.status == 201);
    return member(response, "api_key");
}

std::string member(const http::Response& response, std::string_view name) {
    auto document = JsonDocument::try_parse(response.body);
    REQUIRE(document);
    auto value = document->root().find(name);
    if (!value) return {};
    return value->kind() == JsonView::Kind::string ? std::string(value->string()) : value->text();
}

std::map<std::string, std::string> cookies(const http::Response& response) {
    std::map<std::string, std::string> found;
    for (auto& [name, value] : response.headers.all()) {
        if (name == "Set-Cookie") found[value.substr(0, value.find('='))] = value;
    }
    return found;
}

} // namespace doorstep::test
