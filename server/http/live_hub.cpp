#include "http/events.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <list>
#include <unordered_map>
#include <vector>

namespace doorstep::http {
namespace {

namespace asio = boost::asio;

/// A page that does not read this much has gone, or will be better off by loading anew.
constexpr std::size_t max_waiting_bytes = 64 * 1024;
/// Below the idle time-outs of proxies; spread, so that thousands of streams do not beat at once.
constexpr std::chrono::milliseconds heartbeat{15'000};
constexpr int heartbeat_spread = 10'000;

struct Waiting {
    std::string event_id;
    std::shared_ptr<const std::string> frame; ///< one copy for all who watch the account
};

struct Subscriber {
    std::string credential;
    std::vector<Waiting> waiting;
    std::size_t bytes = 0;
    bool ended = false;
    asio::steady_timer* sleep = nullptr; ///< while it waits

    void wake() {
        if (sleep) sleep->cancel();
    }
    void end() {
        ended = true;
        wake();
    }
};

} // namespace

struct LiveHub::Impl {
    std::unordered_map<Uuid, std::list<Subscriber*>> accounts;
    std::size_t count = 0;
    bool closed = false;
    unsigned beats = 0;

    /// On the list while it lives.
    class Place {
    public:
        Place(std::shared_ptr<Impl> hub, const Uuid& account, Subscriber& subscriber)
            : hub_(std::move(hub)), account_(account) {
            auto& list = hub_->accounts[account];
            at_ = list.insert(list.end(), &subscriber);
            ++hub_->count;
        }
        ~Place() {
            auto list = hub_->accounts.find(account_);
            list->second.erase(at_);
            if (list->second.empty()) hub_->accounts.erase(list);
            --hub_->count;
        }
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;

    private:
        std::shared_ptr<Impl> hub_;
        Uuid account_;
        std::list<Subscriber*>::iterator at_;
    };

    static Task<> serve(
        std::shared_ptr<Impl> hub, Uuid account, std::string credential, std::function<Task<std::string>()> replay,
        Stream& stream
    ) {
        auto executor = co_await asio::this_coro::executor;
        asio::steady_timer timer(executor);
        Subscriber subscriber{.credential = std::move(credential)};
        subscriber.ended = hub->closed;
        Place place(hub, account, subscriber); // before the replay, so that nothing falls between
        auto beat = heartbeat + std::chrono::milliseconds(hub->beats++ * 997 % heartbeat_spread);

        std::string missed = "retry: 3000\n\n";
        if (replay) {
            auto frames = co_await replay();
            missed += frames;
            replay = nullptr;
        }
        co_await stream.send(missed);

        while (!subscriber.ended && stream.open()) {
            if (subscriber.waiting.empty()) {
                timer.expires_after(beat);
                subscriber.sleep = &timer;
                auto [woken] = co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
                subscriber.sleep = nullptr;
                if (!woken && subscriber.waiting.empty() && !subscriber.ended) co_await stream.send(": beat\n\n");
                continue;
            }
            std::string frames;
            for (auto& event : subscriber.waiting) {
                bool replayed = !missed.empty() && missed.find("id: " + event.event_id + "\n") != missed.npos;
                if (!replayed) frames += *event.frame;
            }
            subscriber.waiting.clear();
            subscriber.bytes = 0;
            missed = {};
            if (!frames.empty()) co_await stream.send(frames);
        }
    }
};

LiveHub::LiveHub() : impl_(std::make_shared<Impl>()) {}

LiveHub::~LiveHub() {
    close();
}

std::string LiveHub::frame(std::string_view kind, std::string_view event_id, std::string_view data) {
    std::string out;
    out.reserve(kind.size() + event_id.size() + data.size() + 24);
    out.append("id: ").append(event_id).append("\nevent: ").append(kind).append("\ndata: ").append(data).append("\n\n");
    return out;
}

void LiveHub::publish(const Uuid& account, std::string_view kind, std::string_view event_id, std::string_view data) {
    auto found = impl_->accounts.find(account);
    if (found == impl_->accounts.end()) return;
    auto shared = std::make_shared<const std::string>(frame(kind, event_id, data));
    for (auto subscriber : found->second) {
        subscriber->bytes += shared->size();
        if (subscriber->bytes > max_waiting_bytes) {
            subscriber->end();
            continue;
        }
        subscriber->waiting.push_back({std::string(event_id), shared});
        subscriber->wake();
    }
}

Response LiveHub::subscribe(const Uuid& account, std::string credential, std::function<Task<std::string>()> replay) {
    Response response;
    response.headers.add("Content-Type", "text/event-stream");
    response.headers.add("Cache-Control", "no-store");
    // Asks nginx not to hold events back.
    response.headers.add("X-Accel-Buffering", "no");
    response.stream = [hub = impl_, account, credential = std::move(credential), replay = std::move(replay)](Stream& stream) {
        return Impl::serve(hub, account, credential, replay, stream);
    };
    return response;
}

void LiveHub::end(std::string_view credential) {
    for (auto& [account, subscribers] : impl_->accounts) {
        for (auto subscriber : subscribers) {
            if (subscriber->credential == credential) subscriber->end();
        }
    }
}

void LiveHub::close() {
    impl_->closed = true;
    for (auto& [account, subscribers] : impl_->accounts) {
        for (auto subscriber : subscribers) subscriber->end();
    }
}

std::size_t LiveHub::subscribers() const {
    return impl_->count;
}

} // namespace doorstep::http
