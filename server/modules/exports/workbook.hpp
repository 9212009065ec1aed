#pragma once

#include <memory>
#include <string>
#include <vector>

namespace doorstep::exports {

/// A workbook with one sheet of texts, its first row bold and frozen. CPU-heavy: for the blocking pool. Throws std::runtime_error.
class Workbook {
public:
    Workbook();
    ~Workbook();
    Workbook(const Workbook&) = delete;
    Workbook& operator=(const Workbook&) = delete;

    void add_row(const std::vector<std::string>& cells);
    /// The file's bytes; the end.
    std::string finish();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace doorstep::exports
