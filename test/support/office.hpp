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

/// A server process: everything of its own but the store and the clock.
struct Desk {
    Desk(
        const TestStore& store, boost::asio::io_context& io, const Clock& clock, Blocking& blocking, const Sealer& sealer,
        const std::string& public_url = "http://office.test"
    );

    http::Response send(std::string method, std::string path, Fields headers = {}, std::string body = {});
    /// The same request, to be awaited along with others.
    Task<http::Response> ask(std::string method, std::string path, Fields headers = {}, std::string body = {});

    boost::asio::io_context& io;
    std::unique_ptr<db::Database> db;
    events::Events events;
    accounts::Accounts accounts;
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

    Fields cookie() const { return {{"Cookie", "doorstep_session=" + token}}; }
    Fields write() const { return {{"Cookie", "doorstep_session=" + token}, {"X-CSRF-Token", csrf}}; }
    Fields bearer() const { return {{"Authorization", "Bearer " + token}}; }
};

struct Office {
    Office();

    /// Opens an account whose owner has the password above.
    accounts::Opened open(const std::string& name, const std::string& email);
    /// Makes a person, with the password above, a member of an account.
    std::string join(const accounts::Opened& account, const std::string& email, const std::string& role);

    http::Response try_sign_in(Desk& desk, const std::string& email, const std::string& word = password, Fields headers = {});
    Browser sign_in(Desk& desk, const std::string& email = "ada@example.com");
    /// Of Ada's account, made at desk a.
    std::string make_key(const Browser& browser, const std::string& scopes);
    void advance(std::chrono::seconds by) { clock.set_offset(clock.offset() + by); }

    TestStore store;
    boost::asio::io_context io;
    Clock clock;
    Blocking blocking;
    Sealer sealer{std::string(32, 'k')};
    Desk a;
    Desk b;
    accounts::Opened ada;
};

/// A member of a JSON object as text: strings without their quotes.
std::string member(const http::Response& response, std::string_view name);
/// Set-Cookie fields by the cookie's name.
std::map<std::string, std::string> cookies(const http::Response& response);

} // namespace doorstep::test
