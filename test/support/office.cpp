#include "test/support/office.hpp"

#include <doctest/doctest.h>

#include <algorithm>

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

void PostBox::post(db::Session& tx, const Context&, const identity::Letter& letter) {
    tx.after_commit([this, letter] { letters.push_back(letter); });
}

std::string PostBox::last(std::string_view type, std::string_view to, std::string_view fact) const {
    for (auto letter = letters.rbegin(); letter != letters.rend(); ++letter) {
        if (letter->type != type || letter->to.value != to) continue;
        for (auto& [name, value] : letter->facts) {
            if (name == fact) return value;
        }
    }
    return {};
}

std::string PostBox::last_token(std::string_view type, std::string_view to) const {
    constexpr std::string_view before = "token=";
    auto link = last(type, to, "link");
    auto start = link.find(before);
    return start == link.npos ? "" : link.substr(start + before.size());
}

std::size_t PostBox::count(std::string_view type, std::string_view to) const {
    auto wanted = [&](const identity::Letter& letter) { return letter.type == type && letter.to.value == to; };
    return static_cast<std::size_t>(std::ranges::count_if(letters, wanted));
}

Desk::Desk(
    const TestStore& store, boost::asio::io_context& io, const Clock& clock, Blocking& blocking, const Sealer& sealer,
    PostBox& post_box, const std::string& public_url
)
    : io(io),
      db(store.make_database(io, {.enter = &identity::enter_query()})),
      events(*db, [](const events::LiveNotice&) {}),
      audit(*db),
      accounts(*db),
      identity({
          .db = *db,
          .accounts = accounts,
          .audit = audit,
          .events = events,
          .blocking = blocking,
          .sealer = sealer,
          .letters = post_box,
          .places = &places,
          .public_url = public_url,
      }),
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
    : a(store, io, clock, blocking, sealer, post_box),
      b(store, io, clock, blocking, sealer, post_box),
      ada(open("Ada Homes", "ada@example.com")) {}

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
    if (auto kept = devices.find(email); kept != devices.end()) {
        auto cookie = "doorstep_device=" + kept->second;
        auto own = std::ranges::find(headers, "Cookie", &Fields::value_type::first);
        if (own == headers.end())
            headers.emplace_back("Cookie", cookie);
        else
            own->second += "; " + cookie;
    }
    auto response = desk.send("POST", "/api/auth/login", std::move(headers), body);
    if (auto device = cookie_value(response, "doorstep_device"); !device.empty()) devices[email] = device;
    return response;
}

Browser Office::sign_in(Desk& desk, const std::string& email) {
    auto response = try_sign_in(desk, email);
    REQUIRE(response.status == 200);
    auto token = member(response, "accessToken");
    auto me = desk.send("GET", "/api/auth/me", {{"Authorization", "Bearer " + token}});
    REQUIRE(me.status == 200);
    return {token, member(me, "csrf_token"), cookie_value(response, "doorstep_refresh"), devices[email]};
}

void Office::refresh(Desk& desk, Browser& browser) {
    auto response = desk.send("POST", "/api/auth/refresh", browser.refresh_cookie());
    REQUIRE(response.status == 200);
    browser.token = member(response, "accessToken");
    browser.refresh = cookie_value(response, "doorstep_refresh");
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

std::string cookie_value(const http::Response& response, const std::string& name) {
    auto text = cookies(response)[name];
    auto start = std::min(text.size(), name.size() + 1);
    return text.substr(start, text.find(';', start) - start);
}

std::map<std::string, std::string> cookies(const http::Response& response) {
    std::map<std::string, std::string> found;
    for (auto& [name, value] : response.headers.all()) {
        if (name == "Set-Cookie") found[value.substr(0, value.find('='))] = value;
    }
    return found;
}

} // namespace doorstep::test
