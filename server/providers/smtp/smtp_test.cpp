#include "providers/smtp/smtp.hpp"

#include <doctest/doctest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <cstdio>
#include <cstdlib>

#include "core/json.hpp"
#include "providers/smtp/mail_text.hpp"
#include "test/support/raw_server.hpp"
#include "test/support/run.hpp"
#include "test/support/source_dir.hpp"

using namespace doorstep;
using namespace std::chrono_literals;
using mail::OutgoingEmail;
using mail::SendResult;
using Kind = SendResult::Kind;

namespace {

/// Python's SMTP server as a process: Debian's, whatever else is on the path.
class MailServer {
public:
    explicit MailServer(std::vector<std::string> arguments = {}) {
        int ends[2];
        REQUIRE(::pipe(ends) == 0);
        arguments.insert(
            arguments.begin(), {"/usr/bin/python3", (test::source_dir() / "test/support/smtp_server.py").string()}
        );
        std::vector<char*> argv;
        for (auto& argument : arguments) argv.push_back(argument.data());
        argv.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        posix_spawn_file_actions_addclose(&actions, ends[0]);
        REQUIRE(::posix_spawn(&process_, "/usr/bin/python3", &actions, nullptr, argv.data(), environ) == 0);
        posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);
        output_ = ::fdopen(ends[0], "r");
        port_ = line();
        REQUIRE_FALSE(port_.empty());
    }
    ~MailServer() {
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
        std::fclose(output_);
    }

    std::string url(std::string_view user = {}) const { return "smtp://" + std::string(user) + "127.0.0.1:" + port_; }
    /// The next message that it took.
    JsonDocument message() { return JsonDocument::parse(line()); }

private:
    std::string line() {
        std::string text;
        for (int c = std::fgetc(output_); c != EOF && c != '\n'; c = std::fgetc(output_)) text += char(c);
        return text;
    }

    pid_t process_ = 0;
    std::FILE* output_ = nullptr;
    std::string port_;
};

OutgoingEmail email_to(std::string local_part) {
    return {
        .email_id = "0192f0c1-0000-7000-8000-000000000001",
        .account_id = "a",
        .client_id = "c",
        .task_id = "t",
        .from = {"agent@hearth.example"},
        .from_name = "Åsa \"The Agent\" Berg",
        .reply_to = Email{"reply@hearth.example"},
        .to = {std::move(local_part) + "@example.com"},
        .to_name = "Ruiz, Ana \"A\"",
        .subject = "Grüße: eine ganz besonders lange Betreffzeile mit Umlauten äöü, die gefaltet werden muss ☀",
        .text = "Hi Ana,\n\n.a line that begins with a dot\n..and two\r\n.\nBye = 3\n",
        .html = "<p>Hi Ana – " + std::string(2000, 'x') + "</p>\n.\n",
        .unsubscribe_url = "https://app.example.com/u/TOKEN",
    };
}

struct Sender {
    SendResult send(const OutgoingEmail& email, std::string url, std::chrono::milliseconds timeout = 5s) {
        auto sender = providers::make_smtp(
            {.url = std::move(url), .unsubscribe_mailto = "leave@hearth.example", .timeout = timeout}, clock
        );
        return test::run(io, sender->send(email));
    }

    boost::asio::io_context io;
    Clock clock;
};

} // namespace

TEST_CASE_FIXTURE(Sender, "smtp: a message arrives whole, as a mail program reads it") {
    MailServer server;
    auto email = email_to("ana");
    auto result = send(email, server.url());
    CAPTURE(result.reason);
    REQUIRE(result.kind == Kind::accepted);
    CHECK(result.provider_id == "<0192f0c1-0000-7000-8000-000000000001@hearth.example>");

    auto document = server.message();
    auto message = document.root();
    CHECK(message.find("from")->string() == "agent@hearth.example");
    CHECK(message.find("to")->string() == "ana@example.com");
    CHECK(message.find("type")->string() == "multipart/alternative");
    CHECK(message.find("defects")->size() == 0);
    CHECK(message.find("ascii")->boolean());
    CHECK(message.find("longest_line")->integer() <= 100);
    auto header = [&](std::string_view name) {
        auto value = message.find("headers")->find(name);
        return value ? std::string(value->string()) : "(none)";
    };
    CHECK(header("subject") == email.subject);
    CHECK(header("message-id") == result.provider_id);
    CHECK(header("from").find("Åsa") != std::string::npos);
    CHECK(header("to").find("ana@example.com") != std::string::npos);
    CHECK(header("to").find("Ruiz, Ana") != std::string::npos);
    CHECK(header("reply-to") == "reply@hearth.example");
    CHECK(header("list-unsubscribe") == "<https://app.example.com/u/TOKEN>, <mailto:leave@hearth.example?subject=unsubscribe>");
    CHECK(header("list-unsubscribe-post") == "List-Unsubscribe=One-Click");
    CHECK(header("date").ends_with("0000"));
    auto parts = *message.find("parts");
    REQUIRE(parts.size() == 2);
    CHECK(parts.at(0).find("type")->string() == "text/plain");
    CHECK(parts.at(0).find("text")->string() == "Hi Ana,\n\n.a line that begins with a dot\n..and two\n.\nBye = 3\n");
    CHECK(parts.at(1).find("type")->string() == "text/html");
    CHECK(parts.at(1).find("text")->string() == email.html);
}

TEST_CASE_FIXTURE(Sender, "smtp: messages follow one another, each as its own") {
    MailServer server;
    for (int i = 0; i < 3; ++i) {
        auto email = email_to("p" + std::to_string(i));
        email.html.clear();
        email.unsubscribe_url.clear();
        REQUIRE(send(email, server.url()).kind == Kind::accepted);
        auto document = server.message();
        CHECK(document.root().find("to")->string() == "p" + std::to_string(i) + "@example.com");
        CHECK(document.root().find("parts")->size() == 1);
        CHECK_FALSE(document.root().find("headers")->find("list-unsubscribe").has_value());
    }
}

TEST_CASE_FIXTURE(Sender, "smtp: the server's answers are told apart") {
    MailServer server;
    auto kind = [&](std::string local_part, std::chrono::milliseconds timeout = 5s) {
        return send(email_to(std::move(local_part)), server.url(), timeout).kind;
    };
    CHECK(kind("later-rcpt") == Kind::later);
    CHECK(kind("no-rcpt") == Kind::rejected);
    CHECK(kind("later-data") == Kind::later);
    CHECK(kind("no-data") == Kind::rejected);
    CHECK(kind("drop-rcpt") == Kind::later);
    CHECK(kind("drop-data") == Kind::ambiguous);
    auto started = std::chrono::steady_clock::now();
    CHECK(kind("hang-data", 700ms) == Kind::ambiguous);
    CHECK(std::chrono::steady_clock::now() - started < 3s); // it does not wait for a farewell either
    auto after = send(email_to("ana"), server.url());       // the client is none the worse for it
    CAPTURE(after.reason);
    CHECK(after.kind == Kind::accepted);
}

TEST_CASE_FIXTURE(Sender, "smtp: passwords") {
    MailServer server({"--auth", "agent:s3 cret"});
    CHECK(send(email_to("ana"), server.url("agent:s3%20cret@")).kind == Kind::accepted);
    auto refused = send(email_to("ana"), server.url("agent:wrong@"));
    CAPTURE(refused.reason);
    CHECK(refused.kind == Kind::rejected);
    CHECK(send(email_to("ana"), server.url()).kind == Kind::rejected); // 530 authentication required
}

TEST_CASE_FIXTURE(Sender, "smtp: encryption that is offered is used, and a certificate that nobody vouches for ends it") {
    auto folder =
        std::string(std::getenv("TMPDIR") ? std::getenv("TMPDIR") : "/tmp") + "/doorstep-smtp-" + std::to_string(::getpid());
    auto make = "mkdir -p " + folder + " && openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=mail.test -keyout " +
                folder + "/key.pem -out " + folder + "/cert.pem 2>/dev/null";
    REQUIRE(std::system(make.c_str()) == 0);
    MailServer server({"--tls", folder + "/cert.pem", folder + "/key.pem"});
    auto result = send(email_to("ana"), server.url());
    CHECK(result.kind == Kind::later);
    CHECK(result.reason.find("certificate") != std::string::npos);
    REQUIRE(std::system(("rm -r " + folder).c_str()) == 0);
}

TEST_CASE_FIXTURE(Sender, "smtp: nobody there, silence, nonsense, a malformed address") {
    CHECK(send(email_to("ana"), "smtp://127.0.0.1:1").kind == Kind::later);
    test::RawServer silent([](test::RawConnection& c) { c.hang(); });
    CHECK(send(email_to("ana"), "smtp://127.0.0.1:" + std::to_string(silent.port()), 300ms).kind == Kind::later);
    test::RawServer nonsense([](test::RawConnection& c) {
        c.write("HTTP/1.1 400 Bad Request\r\n\r\n");
        c.hang();
    });
    CHECK(send(email_to("ana"), "smtp://127.0.0.1:" + std::to_string(nonsense.port()), 300ms).kind == Kind::later);
    test::RawServer closed([](test::RawConnection& c) {
        c.write("554 no service here\r\n");
        c.hang();
    });
    CHECK(send(email_to("ana"), "smtp://127.0.0.1:" + std::to_string(closed.port())).kind == Kind::rejected);
    for (auto url : {"", "127.0.0.1:25", "http://127.0.0.1:25", "smtp://"})
        CHECK(send(email_to("ana"), url).kind == Kind::rejected);
}

TEST_CASE("smtp: a sender that goes does not wait for the server") {
    MailServer server;
    boost::asio::io_context io;
    Clock clock;
    auto sender = providers::make_smtp({.url = server.url()}, clock);
    auto email = email_to("hang-data");
    bool ended = false;
    boost::asio::co_spawn(io, sender->send(email), [&](std::exception_ptr, SendResult) { ended = true; });
    io.run_for(300ms);
    CHECK_FALSE(ended);
    auto started = std::chrono::steady_clock::now();
    sender.reset();
    CHECK(std::chrono::steady_clock::now() - started < 2s);
}

TEST_CASE("mail headers: plain, encoded, and never two") {
    using namespace providers;
    CHECK(header_text("Plain subject") == "Plain subject");
    CHECK(header_text("one\r\nBcc: x@example.com") == "one  Bcc: x@example.com");
    CHECK(header_text("=?UTF-8?B?x?=").starts_with("=?UTF-8?B?PT9V"));
    CHECK(header_address("", "a@example.com") == "a@example.com");
    CHECK(header_address("Ana", "a@example.com") == "\"Ana\" <a@example.com>");
    CHECK(header_address("A \"B\" \\", "a@example.com") == "\"A \\\"B\\\" \\\\\" <a@example.com>");
    std::string long_text;
    for (int i = 0; i < 60; ++i) long_text += "€";
    auto folded = header_text(long_text);
    for (std::string_view rest = folded; !rest.empty();) {
        auto line = rest.substr(0, std::min(rest.find("\r\n "), rest.size()));
        CHECK(line.size() <= 75);
        CHECK(line.ends_with("?="));
        rest.remove_prefix(std::min(line.size() + 3, rest.size()));
    }
    CHECK(with_mail_line_breaks("a\nb\r\nc\rd\n") == "a\r\nb\r\nc\r\nd\r\n");
}
