#include "providers/smtp/smtp.hpp"

#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <mutex>
#include <new>
#include <thread>

#include "core/log.hpp"
#include "core/time.hpp"
#include "http/client.hpp"
#include "http/transfers.hpp"
#include "providers/smtp/mail_text.hpp"

namespace doorstep::providers {
namespace {

using mail::OutgoingEmail;
using mail::SendResult;
using Kind = SendResult::Kind;

using Easy = std::unique_ptr<CURL, decltype([](CURL* easy) { curl_easy_cleanup(easy); })>;
using Mime = std::unique_ptr<curl_mime, decltype([](curl_mime* mime) { curl_mime_free(mime); })>;
using Url = std::unique_ptr<CURLU, decltype([](CURLU* url) { curl_url_cleanup(url); })>;

class Lines {
public:
    ~Lines() { curl_slist_free_all(list_); }
    void add(const std::string& line) {
        auto* longer = curl_slist_append(list_, line.c_str());
        if (!longer) throw std::bad_alloc();
        list_ = longer;
    }
    const curl_slist* get() const { return list_; }

private:
    curl_slist* list_ = nullptr;
};

std::string part(CURLU* url, CURLUPart which) {
    char* text = nullptr;
    if (curl_url_get(url, which, &text, 0) != CURLUE_OK) return {};
    std::string copy(text);
    curl_free(text);
    return copy;
}

bool is_loopback(std::string_view host) {
    return host == "localhost" || host == "[::1]" || host.starts_with("127.");
}

std::string message_id_of(const OutgoingEmail& email) {
    return "<" + email.email_id + "@" + email.from.value.substr(email.from.value.rfind('@') + 1) + ">";
}

/// Message ids on lines of their own: a long thread is longer than a line may be.
std::string folded(std::string_view ids) {
    std::string out;
    for (auto c : ids) out += c == ' ' ? std::string("\r\n ") : std::string(1, c);
    return out;
}

void add_headers(Lines& lines, const OutgoingEmail& email, const std::string& unsubscribe_mailto, Time now) {
    lines.add("Date: " + format_mail_date(now));
    lines.add("From: " + header_address(email.from_name, email.from.value));
    lines.add("To: " + header_address(email.to_name, email.to.value));
    if (email.reply_to) lines.add("Reply-To: " + email.reply_to->value);
    lines.add("Subject: " + header_text(email.subject));
    lines.add("Message-ID: " + message_id_of(email));
    if (!email.unsubscribe_url.empty()) {
        auto ways = "<" + email.unsubscribe_url + ">";
        if (!unsubscribe_mailto.empty()) ways += ",\r\n <mailto:" + unsubscribe_mailto + "?subject=unsubscribe>";
        lines.add("List-Unsubscribe: " + ways);
        lines.add("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    }
    if (!email.in_reply_to.empty()) lines.add("In-Reply-To: " + email.in_reply_to);
    if (!email.references.empty()) lines.add("References: " + folded(email.references));
    lines.add("MIME-Version: 1.0");
    lines.add("Content-Type: multipart/alternative");
}

void add_part(curl_mime* mime, const char* type, std::string_view text) {
    if (text.empty()) return;
    auto body = with_mail_line_breaks(text);
    auto* mime_part = curl_mime_addpart(mime);
    if (!mime_part || curl_mime_data(mime_part, body.data(), body.size()) != CURLE_OK) throw std::bad_alloc();
    curl_mime_type(mime_part, type);
    curl_mime_encoder(mime_part, "quoted-printable");
}

/// One message on its way. Shared with the mail thread, so that it lasts even if whoever asked for it goes.
struct Job {
    Url url{curl_url()};
    Lines headers;
    Lines recipients;
    char error[CURL_ERROR_SIZE] = {};
    Mime mime; ///< outlives the handle that sends it
    std::mutex mutex;
    int socket = -1; ///< guarded by the mutex
    Easy easy{curl_easy_init()};

    /// Breaks the connection, from any thread: whatever libcurl waits for then ends at once, be it the answer to QUIT.
    void give_up() {
        std::lock_guard lock(mutex);
        if (socket >= 0) ::shutdown(socket, SHUT_RDWR);
    }
};

curl_socket_t on_open_socket(void* self, curlsocktype, curl_sockaddr* address) {
    auto& job = *static_cast<Job*>(self);
    auto opened = ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    std::lock_guard lock(job.mutex);
    return job.socket = opened;
}

int on_close_socket(void* self, curl_socket_t socket) {
    auto& job = *static_cast<Job*>(self);
    std::lock_guard lock(job.mutex);
    if (job.socket == socket) job.socket = -1; // the next address of a host may be open already
    return ::close(socket);
}

/// Where transfers of mail may block without holding up anything else.
class MailThread {
public:
    MailThread() : transfers_(io_), thread_([this] { io_.run(); }) {}
    ~MailThread() {
        io_.stop();
        for (auto& job : running_) {
            if (auto alive = job.lock()) alive->give_up();
        }
        thread_.join();
    }

    Task<int> perform(std::shared_ptr<Job> job) {
        std::erase_if(running_, [](const auto& other) { return other.expired(); });
        running_.push_back(job);
        return boost::asio::co_spawn(io_, perform_here(std::move(job)), boost::asio::use_awaitable);
    }

private:
    Task<int> perform_here(std::shared_ptr<Job> job) {
        auto code = co_await transfers_.perform(job->easy.get());
        co_return code;
    }

    boost::asio::io_context io_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> open_{io_.get_executor()};
    http::Transfers transfers_;
    std::vector<std::weak_ptr<Job>> running_;
    std::thread thread_;
};

/// What became of a message whose transfer failed.
SendResult explain(const Job& job, CURLcode code) {
    long reply = 0;
    curl_off_t uploaded = 0;
    curl_easy_getinfo(job.easy.get(), CURLINFO_RESPONSE_CODE, &reply);
    curl_easy_getinfo(job.easy.get(), CURLINFO_SIZE_UPLOAD_T, &uploaded);
    std::string reason = std::string("the mail server: ") + (job.error[0] ? job.error : curl_easy_strerror(code));
    // The server's last word counts; where there is none after the message went out, it may have taken it.
    if (reply >= 500) return {.kind = Kind::rejected, .reason = reason};
    if (reply >= 400) return {.kind = Kind::later, .reason = reason};
    if (uploaded > 0) return {.kind = Kind::ambiguous, .reason = reason};
    return {.kind = Kind::later, .reason = reason};
}

std::string_view outcome_name(Kind kind) {
    switch (kind) {
    case Kind::accepted: return "2xx";
    case Kind::rejected: return "5xx";
    case Kind::later: return "4xx";
    case Kind::ambiguous: return "ambiguous";
    }
    return "?";
}

bool read_url(CURLU* url, const std::string& text) {
    auto code = curl_url_set(url, CURLUPART_URL, text.c_str(), CURLU_NON_SUPPORT_SCHEME);
    auto scheme = part(url, CURLUPART_SCHEME);
    return code == CURLUE_OK && (scheme == "smtp" || scheme == "smtps");
}

class Smtp final : public mail::EmailSender {
public:
    Smtp(SmtpOptions options, const Clock& clock) : options_(std::move(options)), clock_(clock) {}

    std::string_view name() const override { return "smtp"; }

    Task<SendResult> send(const OutgoingEmail& email) override {
        auto started = std::chrono::steady_clock::now();
        auto job = std::make_shared<Job>();
        if (!job->easy || !job->url) throw std::bad_alloc();
        if (!read_url(job->url.get(), options_.url))
            co_return SendResult{
                .kind = Kind::rejected, .reason = "the mail server's address is not of the form smtp://host:port"
            };
        write(email, *job);
        set_options(*job);
        auto executor = co_await boost::asio::this_coro::executor;
        boost::asio::steady_timer deadline(executor, options_.timeout);
        deadline.async_wait([job](boost::system::error_code cancelled) {
            if (!cancelled) job->give_up();
        });
        auto code = CURLcode(co_await thread_.perform(job));

        auto result =
            code == CURLE_OK ? SendResult{.kind = Kind::accepted, .provider_id = message_id_of(email)} : explain(*job, code);
        http::count_outgoing("smtp", outcome_name(result.kind), std::chrono::steady_clock::now() - started);
        // The server's words may name the recipient, so they are for the message's own record and not for the log.
        if (code != CURLE_OK)
            log::warn("mail was not handed over", {{"outcome", outcome_name(result.kind)}, {"code", int(code)}});
        co_return result;
    }

private:
    void write(const OutgoingEmail& email, Job& job) const {
        add_headers(job.headers, email, options_.unsubscribe_mailto, clock_.now());
        job.recipients.add("<" + email.to.value + ">");
        job.mime.reset(curl_mime_init(job.easy.get()));
        add_part(job.mime.get(), "text/plain; charset=utf-8", email.text);
        add_part(job.mime.get(), "text/html; charset=utf-8", email.html);
        curl_easy_setopt(job.easy.get(), CURLOPT_MAIL_FROM, ("<" + email.from.value + ">").c_str());
    }

    void set_options(Job& job) const {
        auto* easy = job.easy.get();
        auto* url = job.url.get();
        auto has_password = !part(url, CURLUPART_PASSWORD).empty();
        auto must_hide = has_password && !is_loopback(part(url, CURLUPART_HOST));
        http::Transfers::prepare(easy);
        curl_easy_setopt(easy, CURLOPT_CURLU, url);
        curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
        curl_easy_setopt(easy, CURLOPT_USE_SSL, long(must_hide ? CURLUSESSL_ALL : CURLUSESSL_TRY));
        // Ours comes first, because on its own time-out libcurl still says QUIT and waits.
        curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, long(options_.timeout.count()) + 1000);
        curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, 10'000L);
        curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &on_open_socket);
        curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &job);
        curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, &on_close_socket);
        curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, &job);
        curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, job.error);
        curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, job.recipients.get());
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, job.headers.get());
        curl_easy_setopt(easy, CURLOPT_MIMEPOST, job.mime.get());
        // libcurl would keep a connection whose last answer did not come in time, and take that answer for the next message's.
        curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
    }

    SmtpOptions options_;
    const Clock& clock_;
    MailThread thread_;
};

} // namespace

bool is_smtp_url(const std::string& url) {
    std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parsed(curl_url(), &curl_url_cleanup);
    if (!parsed) throw std::bad_alloc();
    return read_url(parsed.get(), url);
}

std::unique_ptr<mail::EmailSender> make_smtp(SmtpOptions options, const Clock& clock) {
    return std::make_unique<Smtp>(std::move(options), clock);
}

} // namespace doorstep::providers
