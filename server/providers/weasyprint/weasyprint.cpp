#include "providers/weasyprint/weasyprint.hpp"

#include <mutex>
#include <system_error>
#include <vector>

#include "core/blocking.hpp"
#include "core/error.hpp"
#include "core/log.hpp"
#include "providers/weasyprint/worker.hpp"

namespace doorstep::providers {

namespace {

using exports::PdfFault;
using Made = std::expected<std::string, PdfFault>;
using Deadline = WeasyPrintWorker::Deadline;
using Outcome = WeasyPrintWorker::Outcome;

class WeasyPrint final : public exports::PdfRenderer {
public:
    explicit WeasyPrint(WeasyPrintOptions options) : options_(std::move(options)), threads_(options_.workers, options_.queue) {}

    Task<Made> render(std::string html) override {
        auto deadline = std::chrono::steady_clock::now() + options_.patience;
        auto work = [&] { return make(html, deadline); };
        try {
            co_return co_await threads_.run(work);
        } catch (const Error&) { // of the queue, which is full
            co_return std::unexpected(PdfFault::busy);
        }
    }

private:
    /// A process that has waited may have died meanwhile, by no fault of the document: another one gets it, once.
    Made make(const std::string& html, Deadline deadline) {
        auto answer = attempt(html, deadline);
        if (!answer && answer.error() == PdfFault::failed) answer = attempt(html, deadline);
        return answer;
    }

    Made attempt(const std::string& html, Deadline deadline) {
        std::unique_ptr<WeasyPrintWorker> worker;
        try {
            worker = take();
        } catch (const std::system_error& problem) {
            log::warn("WeasyPrint can't be started", {{"error", problem.code().message()}});
            return std::unexpected(PdfFault::missing);
        }
        auto answer = worker->render(html, deadline);
        switch (answer.outcome) {
        case Outcome::made: give_back(std::move(worker)); return std::move(answer.text);
        case Outcome::refused:
            log::warn("WeasyPrint could not make a document", {{"error", answer.text}});
            give_back(std::move(worker));
            return std::unexpected(PdfFault::failed);
        case Outcome::late: log::warn("WeasyPrint was too slow and was ended"); return std::unexpected(PdfFault::slow);
        case Outcome::dead: break;
        }
        log::warn("WeasyPrint ended", {{"ready", worker->was_ready()}});
        return std::unexpected(worker->was_ready() ? PdfFault::failed : PdfFault::missing);
    }

    std::unique_ptr<WeasyPrintWorker> take() {
        {
            std::lock_guard lock(mutex_);
            if (!idle_.empty()) {
                auto worker = std::move(idle_.back());
                idle_.pop_back();
                return worker;
            }
        }
        return std::make_unique<WeasyPrintWorker>(options_.python);
    }

    void give_back(std::unique_ptr<WeasyPrintWorker> worker) {
        if (worker->documents() >= options_.documents) return;
        std::lock_guard lock(mutex_);
        idle_.push_back(std::move(worker));
    }

    WeasyPrintOptions options_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<WeasyPrintWorker>> idle_;
    Blocking threads_; // the last: its threads use the others until they end
};

} // namespace

std::unique_ptr<exports::PdfRenderer> make_weasyprint(WeasyPrintOptions options) {
    return std::make_unique<WeasyPrint>(std::move(options));
}

} // namespace doorstep::providers
