#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <string_view>

namespace doorstep::providers {

/// A process that makes PDF (resources/weasyprint.py). Blocks: for a thread that may wait. Ends with us, whatever ends us.
class WeasyPrintWorker {
public:
    using Deadline = std::chrono::steady_clock::time_point;
    /// What becomes of a document. After `late` and `dead` the process is of no use any more.
    enum class Outcome { made, refused, late, dead };
    struct Answer {
        Outcome outcome;
        std::string text; ///< the PDF; of a refusal its kind
    };

    /// Throws std::system_error where the program can't be started.
    explicit WeasyPrintWorker(const std::string& python);
    ~WeasyPrintWorker();
    WeasyPrintWorker(const WeasyPrintWorker&) = delete;
    WeasyPrintWorker& operator=(const WeasyPrintWorker&) = delete;

    Answer render(std::string_view html, Deadline deadline);
    /// Whether it ever was ready: one that dies before has no WeasyPrint.
    bool was_ready() const { return ready_; }
    int documents() const { return documents_; }

private:
    Answer receive(Deadline deadline);

    int socket_ = -1;
    pid_t process_ = -1;
    bool ready_ = false;
    int documents_ = 0;
};

} // namespace doorstep::providers
