#pragma once

// Two servers on one store, as tests of signing in need them, and people to sign in.

#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "http/server.hpp"
#include "modules/identity/identity.hpp"
#include "test/support/test_store.hpp"

namespace doorstep::test {

using Fields = std::vector<std::pair<std::string, std::string>>;

inline const std::string password = "correct horse battery staple";

/// What a test does between the moment a request was let in and its work in the store.
struct Pause {
    db::Database& db;
    std::function<Task<>()> meanwhile;
};

/// The letters of all desks, as they were posted.
struct PostBox : identity::Letters {
    void post(db::Session& tx, const Context& ctx, const identity::Letter& letter) override;
    /// A fact of the last letter of that type to that address; "" where there is none.
    std::string last(std::string_view type, std::string_view to, std::string_view fact) const;
    /// What stands behind `token=` in its link.
    std::string last_token(std::string_view type, std::string_view to) const;
    std::size_t count(std::string_view type, std::string_view to) const;

    std::vector<identity::Letter> letters;
};

/// Where addresses are, as the test says.
struct KnownPlaces : identity::Places {
    identity::Place find(const std::string& address) const override {
        auto found = known.find(address);
        return found == known.end() ? identity::Place{} : found->second;
    }
    std::map<std::string, identity::Place> known;
};

/// A server process: everything of its own but the store and the clock.
struct Desk {
    Desk(
        const TestStore& store, boost::asio::io_context& io, const Clock& clock, Blocking& blocking, const Sealer& sealer,
        PostBox& post_box, const std::string& public_url = "http://office.test"
    );

    http::Response send(std::string method, std::string path, Fields headers = {}, std::string body = {});
    /// The same request, to be awaited along with others.
    Task<http::Response> ask(std::string method, std::string path, Fields headers = {}, std::string body = {});

    boost::asio::io_context& io;
    std::unique_ptr<db::Database> db;
    events::Events events;
    audit::Audit audit;
    accounts::Accounts accounts;
    KnownPlaces places;
    identity::Identity identity;
    Pause pause;
    http::Router router;
    http::Server server;
    /// Of the next requests.
    std::string client_ip = "192.0.2.1";
    bool secure = false;
};

/// A signed-in browser.
struct Browser {
    std::string token;
    std::string csrf;
    std::string refresh = {};
    std::string device = {};

    Fields cookie() const { return {{"Cookie", "doorstep_session=" + token}}; }
    Fields write() const { return {{"Cookie", "doorstep_session=" + token}, {"X-CSRF-Token", csrf}}; }
    /// The SHA-256 that the store knows the session by.
    std::string credential() const { return sha256_hex(token.substr(3, 43)); }
    Fields refresh_cookie() const { return {{"Cookie", "doorstep_refresh=" + refresh}}; }
    Fields bearer() const { return {{"Authorization", "Bearer " + token}}; }
};

struct Office {
    Office();

    /// Opens an account whose owner has the password above.
    accounts::Opened open(const std::string& name, const std::string& email);
    /// Makes a person, with the password above, a member of an account.
    std::string join(const accounts::Opened& account, const std::string& email, const std::string& role);

    /// In the browser that the person has used before, if any.
    http::Response try_sign_in(Desk& desk, const std::string& email, const std::string& word = password, Fields headers = {});
    Browser sign_in(Desk& desk, const std::string& email = "ada@example.com");
    /// As the browser does once its access token's time is over.
    void refresh(Desk& desk, Browser& browser);
    /// Of Ada's account, made at desk a.
    std::string make_key(const Browser& browser, const std::string& scopes);
    void advance(std::chrono::seconds by) { clock.set_offset(clock.offset() + by); }

    TestStore store;
    boost::asio::io_context io;
    Clock clock;
    Blocking blocking;
    Sealer sealer{std::string(32, 'k')};
    PostBox post_box;
    /// What the browser of each person keeps to be known by, by e-mail address. Forget it, and the next sign-in is on a new one.
    std::map<std::string, std::string> devices;
    Desk a;
    Desk b;
    accounts::Opened ada;
};

/// A member of a JSON object as text: strings without their quotes.
std::string member(const http::Response& response, std::string_view name);
/// The value that Set-Cookie gives a cookie.
std::string cookie_value(const http::Response& response, const std::string& name);
/// Set-Cookie fields by the cookie's name.
std::map<std::string, std::string> cookies(const http::Response& response);

} // namespace doorstep::test
