#include "http/transfers.hpp"

#include <curl/curl.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <new>
#include <unordered_map>
#include <unordered_set>

namespace doorstep::http {
namespace {

namespace asio = boost::asio;

/// A socket that libcurl wants to be told about. libcurl opens and closes it; the descriptor only watches.
struct Watch {
    Watch(asio::io_context& io, curl_socket_t fd) : descriptor(io, fd) {}

    asio::posix::stream_descriptor descriptor;
    int wanted = 0; ///< CURL_POLL_IN | CURL_POLL_OUT
    bool reading = false;
    bool writing = false;
    bool gone = false;
};

struct Pending {
    explicit Pending(asio::io_context& io) : wake(io) { wake.expires_at(std::chrono::steady_clock::time_point::max()); }

    asio::steady_timer wake;
    std::optional<CURLcode> code;
};

void initialise_libcurl() {
    static const auto code = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (code != CURLE_OK) throw std::bad_alloc();
}

} // namespace

struct Transfers::Impl : std::enable_shared_from_this<Transfers::Impl> {
    explicit Impl(asio::io_context& context) : io(context), timer(context) {
        initialise_libcurl();
        multi = curl_multi_init();
        if (!multi) throw std::bad_alloc();
        curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &Impl::on_socket);
        curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
        curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &Impl::on_timer);
        curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
        curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, 64L);
    }

    void close() {
        for (auto* easy : running) {
            if (auto* pending = pending_of(easy)) finish(*pending, CURLE_ABORTED_BY_CALLBACK);
            curl_multi_remove_handle(multi, easy);
        }
        running.clear();
        curl_multi_cleanup(multi);
        multi = nullptr;
        for (auto& [fd, watch] : watches) forget(*watch);
        watches.clear();
        timer.cancel();
    }

    static Pending* pending_of(CURL* easy) {
        char* pending = nullptr;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, &pending);
        return reinterpret_cast<Pending*>(pending);
    }

    static void finish(Pending& pending, CURLcode code) {
        pending.code = code;
        pending.wake.cancel();
    }

    static void forget(Watch& watch) {
        watch.gone = true;
        watch.descriptor.release();
    }

    static int on_socket(CURL*, curl_socket_t fd, int what, void* self, void*) {
        static_cast<Impl*>(self)->watch_socket(fd, what);
        return 0;
    }

    void watch_socket(curl_socket_t fd, int what) {
        auto found = watches.find(fd);
        if (what == CURL_POLL_REMOVE) {
            if (found == watches.end()) return;
            forget(*found->second);
            watches.erase(found);
            return;
        }
        if (found == watches.end()) found = watches.emplace(fd, std::make_shared<Watch>(io, fd)).first;
        found->second->wanted = what;
        arm(fd, found->second);
    }

    void arm(curl_socket_t fd, const std::shared_ptr<Watch>& watch) {
        using Wait = asio::posix::stream_descriptor;
        if ((watch->wanted & CURL_POLL_IN) && !watch->reading) {
            watch->reading = true;
            watch->descriptor.async_wait(
                Wait::wait_read,
                [weak = weak_from_this(), fd, watch](boost::system::error_code error) {
                    watch->reading = false;
                    on_ready(weak, fd, watch, CURL_POLL_IN, error ? CURL_CSELECT_ERR : CURL_CSELECT_IN);
                }
            );
        }
        if ((watch->wanted & CURL_POLL_OUT) && !watch->writing) {
            watch->writing = true;
            watch->descriptor.async_wait(
                Wait::wait_write,
                [weak = weak_from_this(), fd, watch](boost::system::error_code error) {
                    watch->writing = false;
                    on_ready(weak, fd, watch, CURL_POLL_OUT, error ? CURL_CSELECT_ERR : CURL_CSELECT_OUT);
                }
            );
        }
    }

    static void on_ready(
        const std::weak_ptr<Impl>& weak, curl_socket_t fd, const std::shared_ptr<Watch>& watch, int asked, int event
    ) {
        auto self = weak.lock();
        if (!self || !self->multi || watch->gone || !(watch->wanted & asked)) return;
        self->act(fd, event);
        if (!watch->gone) self->arm(fd, watch);
    }

    static int on_timer(CURLM*, long milliseconds, void* self) {
        static_cast<Impl*>(self)->set_timer(milliseconds);
        return 0;
    }

    void set_timer(long milliseconds) {
        if (milliseconds < 0) {
            timer.cancel();
            return;
        }
        // Also for 0 by way of the event loop: libcurl must not be called from within its callbacks.
        timer.expires_after(std::chrono::milliseconds(milliseconds));
        timer.async_wait([weak = weak_from_this()](boost::system::error_code error) {
            auto self = weak.lock();
            if (!error && self && self->multi) self->act(CURL_SOCKET_TIMEOUT, 0);
        });
    }

    void act(curl_socket_t fd, int event) {
        int still_running = 0;
        curl_multi_socket_action(multi, fd, event, &still_running);
        int left = 0;
        while (auto* message = curl_multi_info_read(multi, &left)) {
            if (message->msg == CURLMSG_DONE) finish(*pending_of(message->easy_handle), message->data.result);
        }
    }

    void remove(CURL* easy) {
        if (running.erase(easy) == 0) return;
        curl_multi_remove_handle(multi, easy);
    }

    asio::io_context& io;
    asio::steady_timer timer;
    CURLM* multi = nullptr;
    std::unordered_map<curl_socket_t, std::shared_ptr<Watch>> watches;
    std::unordered_set<CURL*> running;
};

Transfers::Transfers(asio::io_context& io) : impl_(std::make_shared<Impl>(io)) {}

Transfers::~Transfers() {
    impl_->close();
}

void Transfers::prepare(void* easy) {
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    // A look-up that takes longer than the deadline is left to its thread instead of being waited for.
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    // Shorter than servers usually keep an idle connection: one that they close at the very moment of use can't be told from
    // one that broke while they worked.
    curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, 25L);
    curl_easy_setopt(easy, CURLOPT_MAXLIFETIME_CONN, 600L);
}

Task<int> Transfers::perform(void* easy) {
    auto impl = impl_;
    Pending pending(impl->io);
    struct Removal {
        Impl& impl;
        CURL* easy;
        ~Removal() { impl.remove(easy); }
    } removal{*impl, easy};

    curl_easy_setopt(easy, CURLOPT_PRIVATE, &pending);
    if (curl_multi_add_handle(impl->multi, easy) != CURLM_OK) co_return CURLE_FAILED_INIT;
    impl->running.insert(easy);

    boost::system::error_code woken;
    co_await pending.wake.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    if (!pending.code) throw boost::system::system_error(asio::error::operation_aborted);
    co_return *pending.code;
}

} // namespace doorstep::http
