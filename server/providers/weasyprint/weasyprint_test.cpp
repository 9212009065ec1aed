#include "providers/weasyprint/weasyprint.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/together.hpp"
#include "test/support/pdf.hpp"
#include "test/support/run.hpp"

using namespace doorstep;
using namespace std::chrono_literals;
using exports::PdfFault;
using providers::make_weasyprint;

namespace {

using Made = std::expected<std::string, PdfFault>;

/// The processes of ours that make PDF.
std::vector<pid_t> workers() {
    std::vector<pid_t> found;
    for (auto& thread : std::filesystem::directory_iterator("/proc/self/task")) {
        std::ifstream children(thread.path() / "children");
        for (pid_t child = 0; children >> child;) {
            std::ifstream words("/proc/" + std::to_string(child) + "/cmdline");
            std::string command(std::istreambuf_iterator<char>(words), {});
            if (command.find("weasyprint") != command.npos) found.push_back(child);
        }
    }
    return found;
}

/// Something that takes a while: a second or some for each thousand lines.
std::string long_document(int lines = 800) {
    std::string html = "<p>Start</p>";
    for (int i = 0; i < lines; ++i) html += "<p>Some words that fill a line or two of this paper, again and again.</p>";
    return html;
}

struct Office {
    boost::asio::io_context io{1};
    std::vector<pid_t> others = ::workers();

    /// Those that were not there before: another test's may still be on their way out.
    std::vector<pid_t> workers() const {
        auto found = ::workers();
        std::erase_if(found, [this](pid_t one) { return std::ranges::find(others, one) != others.end(); });
        return found;
    }

    Made make(exports::PdfRenderer& renderer, std::string html) { return test::run(io, renderer.render(std::move(html))); }
};

/// Somebody who waits for a call.
class Listener {
public:
    Listener() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        REQUIRE(::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
        REQUIRE(::listen(socket_, 4) == 0);
        socklen_t size = sizeof address;
        REQUIRE(::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
        url_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/";
    }
    ~Listener() { ::close(socket_); }

    const std::string& url() const { return url_; }
    bool was_called() { return ::accept(socket_, nullptr, nullptr) >= 0; }

private:
    int socket_;
    std::string url_;
};

} // namespace

TEST_CASE("weasyprint: a PDF of HTML, one process for many") {
    Office office;
    auto renderer = make_weasyprint({.workers = 1});
    auto first = office.make(*renderer, "<title>A</title><p>Grüße an José &amp; Кирилл</p>");
    REQUIRE(first);
    CHECK(test::read_pdf(*first).has("Grüße an José & Кирилл"));
    auto at_work = office.workers();
    REQUIRE(at_work.size() == 1);
    REQUIRE(office.make(*renderer, "<p>Again</p>"));
    CHECK(office.workers() == at_work);
    renderer.reset();
    CHECK(office.workers().empty());
}

TEST_CASE("weasyprint: nothing is fetched for a document, from the network or the disk") {
    Office office;
    Listener listener;
    auto secret = std::filesystem::temp_directory_path() / ("doorstep-secret-" + std::to_string(::getpid()));
    std::ofstream(secret) << "the secret of this machine";
    auto renderer = make_weasyprint();
    auto& url = listener.url();
    auto made = office.make(
        *renderer, "<link rel=stylesheet href='" + url + "a.css'><link rel=attachment href='file://" + secret.string() +
                       "'><style>@import url(" + url + "b.css);@font-face{font-family:x;src:url(" + url +
                       "c.ttf)}body{font-family:x;background:url(" + url + "d.png)}</style><p>Text</p><img src='" + url +
                       "e.png'><img src='file://" + secret.string() + "'><object data='" + url +
                       "f.svg'></object><svg><image href='" + url + "g.png'/></svg>"
    );
    std::filesystem::remove(secret);
    REQUIRE(made);
    CHECK(test::read_pdf(*made).has("Text"));
    CHECK(made->find("EmbeddedFile") == std::string::npos);
    CHECK_FALSE(listener.was_called());
}

TEST_CASE("weasyprint: a process that is killed is replaced, idle or at work") {
    Office office;
    auto renderer = make_weasyprint({.workers = 1});
    REQUIRE(office.make(*renderer, "<p>One</p>"));
    auto idle = office.workers();
    REQUIRE(idle.size() == 1);
    REQUIRE(::kill(idle[0], SIGKILL) == 0);
    CHECK(office.make(*renderer, "<p>Two</p>"));

    auto at_work = office.workers();
    REQUIRE(at_work.size() == 1);
    Made made;
    auto ask = [&]() -> Task<> { made = co_await renderer->render(long_document()); };
    auto kill = [&]() -> Task<> {
        boost::asio::steady_timer timer(office.io, 300ms);
        co_await timer.async_wait(boost::asio::use_awaitable);
        ::kill(at_work[0], SIGKILL);
    };
    std::vector<Task<>> both;
    both.push_back(ask());
    both.push_back(kill());
    test::run(office.io, together(std::move(both)));
    CHECK(made); // once more, by the next one
    CHECK(office.workers() != at_work);
    CHECK(office.make(*renderer, "<p>Three</p>"));
}

TEST_CASE("weasyprint: two at once") {
    Office office;
    auto renderer = make_weasyprint();
    Made one, other;
    auto ask = [&](Made& made, std::string html) -> Task<> { made = co_await renderer->render(std::move(html)); };
    std::vector<Task<>> both;
    both.push_back(ask(one, "<p>Kim</p>" + long_document()));
    both.push_back(ask(other, "<p>Lee</p>" + long_document()));
    test::run(office.io, together(std::move(both)));
    REQUIRE(one);
    REQUIRE(other);
    CHECK(office.workers().size() == 2);
    CHECK(test::read_pdf(*one).has("Kim"));
    CHECK_FALSE(test::read_pdf(*one).has("Lee"));
    CHECK(test::read_pdf(*other).has("Lee"));
}

TEST_CASE("weasyprint: what is too slow is given up, and the next is served") {
    Office office;
    auto renderer = make_weasyprint({.workers = 1, .patience = 12s});
    REQUIRE(office.make(*renderer, "<p>Warm</p>"));
    auto slow = office.make(*renderer, long_document(30'000));
    REQUIRE_FALSE(slow);
    CHECK(slow.error() == PdfFault::slow);
    CHECK(office.workers().empty());
    CHECK(office.make(*renderer, "<p>Next</p>"));
}

TEST_CASE("weasyprint: more than wait are refused") {
    Office office;
    auto renderer = make_weasyprint({.workers = 1, .queue = 1});
    Made one, other;
    auto ask = [&](Made& made) -> Task<> { made = co_await renderer->render("<p>Kim</p>"); };
    std::vector<Task<>> both;
    both.push_back(ask(one));
    both.push_back(ask(other));
    test::run(office.io, together(std::move(both)));
    CHECK(one);
    REQUIRE_FALSE(other);
    CHECK(other.error() == PdfFault::busy);
}

TEST_CASE("weasyprint: a process gives way to another after its share") {
    Office office;
    auto renderer = make_weasyprint({.workers = 1, .documents = 1});
    CHECK(office.make(*renderer, "<p>One</p>"));
    CHECK(office.workers().empty());
    CHECK(office.make(*renderer, "<p>Two</p>"));
}

TEST_CASE("weasyprint: where there is none, that is said") {
    Office office;
    auto no_python = make_weasyprint({.python = "/nonexistent/python3"});
    auto made = office.make(*no_python, "<p>One</p>");
    REQUIRE_FALSE(made);
    CHECK(made.error() == PdfFault::missing);
    auto no_package = make_weasyprint({.python = "/bin/false"});
    made = office.make(*no_package, "<p>One</p>");
    REQUIRE_FALSE(made);
    CHECK(made.error() == PdfFault::missing);
}
