#pragma once

// The whole product in a test: every module on a real store, asked as a client asks, without a socket.

#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/modules.hpp"
#include "app/pages.hpp"
#include "app/providers.hpp"
#include "app/routes.hpp"
#include "app/status.hpp"
#include "http/server.hpp"
#include "sandbox/sandbox.hpp"
#include "test/support/fakes.hpp"
#include "test/support/test_folder.hpp"
#include "test/support/test_store.hpp"

namespace doorstep::test {

class TestApp;

using HeaderFields = std::vector<std::pair<std::string, std::string>>;

/// An answer, with its JSON at hand.
struct Reply {
    int status = 0;
    http::Headers headers;
    std::string body;

    /// A value by its path, "items.0.name": strings as they are, everything else as JSON text; "" where there is none.
    std::string operator[](std::string_view path) const;
    /// Items of the list at a path.
    std::size_t size(std::string_view path) const;
};

/// Someone who asks: signed in to an account, or a stranger.
class Visitor {
public:
    /// `refresh`: the token by which the session goes on when the access token's time is over.
    Visitor(TestApp& app, std::string token, std::string refresh = "");

    Reply get(std::string path, HeaderFields headers = {}) { return send("GET", std::move(path), {}, std::move(headers)); }
    Reply post(std::string path, std::string body = {}, HeaderFields headers = {}) {
        return send("POST", std::move(path), std::move(body), std::move(headers));
    }
    Reply put(std::string path, std::string body, HeaderFields headers = {}) {
        return send("PUT", std::move(path), std::move(body), std::move(headers));
    }
    Reply patch(std::string path, std::string body, HeaderFields headers = {}) {
        return send("PATCH", std::move(path), std::move(body), std::move(headers));
    }
    Reply del(std::string path, std::string body = {}, HeaderFields headers = {}) {
        return send("DELETE", std::move(path), std::move(body), std::move(headers));
    }
    /// `path` with its query, as it would stand in a request line.
    Reply send(std::string method, std::string path, std::string body, HeaderFields headers);
    /// The same, to be awaited along with others.
    Task<Reply> ask(std::string method, std::string path, std::string body, HeaderFields headers);

    const std::string& token() const { return tokens_->access; }

private:
    struct Tokens {
        std::string access;
        std::string refresh;
        Time until;
    };
    Task<> go_on();

    TestApp* app_;
    std::shared_ptr<Tokens> tokens_; ///< copies are the same person
};

enum class Providers {
    fakes,  ///< app.sender and app.model
    sandbox ///< the real clients, over HTTP, to the sandbox's doubles; its controls are among the routes
};

/// It is Monday, 2030-03-04, 10:00 in New York, where all accounts are.
class TestApp {
public:
    explicit TestApp(Providers providers = Providers::fakes);
    ~TestApp();

    /// As Ada, the owner of "Ada Homes".
    Reply get(std::string path, HeaderFields headers = {}) { return ada().get(std::move(path), std::move(headers)); }
    Reply post(std::string path, std::string body = {}, HeaderFields headers = {}) {
        return ada().post(std::move(path), std::move(body), std::move(headers));
    }
    Reply put(std::string path, std::string body, HeaderFields headers = {}) {
        return ada().put(std::move(path), std::move(body), std::move(headers));
    }
    Reply patch(std::string path, std::string body, HeaderFields headers = {}) {
        return ada().patch(std::move(path), std::move(body), std::move(headers));
    }
    Reply del(std::string path, std::string body = {}, HeaderFields headers = {}) {
        return ada().del(std::move(path), std::move(body), std::move(headers));
    }

    Visitor& ada() { return *ada_; }
    /// Bob, the owner of another account, "Bob Homes".
    Visitor& other();
    Visitor stranger() { return Visitor(*this, ""); }
    /// Opens an account and signs its owner in.
    Visitor open_account(
        const std::string& name, const std::string& email, accounts::Kind kind = accounts::Kind::business,
        const std::string& parent = ""
    );
    /// Somebody new who is a member of an account, Ada's unless another is named.
    Visitor join(const std::string& role, const std::string& account = "");

    Time now() const { return clock.now(); }
    void advance(std::chrono::microseconds by);
    void set_time(std::string_view rfc3339);
    /// Does all that is due by now, schedules and what follows from them included, until nothing is left.
    void run_jobs();

    template <class T>
    T run(Task<T> task) {
        return test::run(io, std::move(task));
    }
    /// Of Ada's account, to call modules directly.
    Context context() const;
    /// A client of Ada's with these fields over presentable ones; returns its id.
    std::string make_client(
        std::string_view email = "kim@example.com", std::string_view more_members = "", bool with_tasks = false
    );

    /// An address whose posts end in the sandbox's outbox, on the channel `webhook`.
    std::string receiver(const std::string& name) const;

    TestStore store;
    TestFolder files;
    boost::asio::io_context io{1};
    Clock clock;
    FakeEmailSender sender;  ///< of what accounts send
    FakeEmailSender letters; ///< of what the product sends
    FakeLanguageModel model;

private:
    friend class Visitor;
    Visitor sign_in(const std::string& email);
    struct Parts;
    Uuid ada_account_{};
    std::unique_ptr<Parts> parts_;
    std::unique_ptr<Visitor> ada_;
    std::unique_ptr<Visitor> other_;

public:
    app::Modules& modules();
    db::Database& db();
    /// Only with the sandbox.
    identity::OpenIdProvider& google();
    calendar::CalendarProvider& google_calendar();
    const http::Router& router() const;
    http::Server& server();
};

} // namespace doorstep::test
