#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace doorstep::test {

struct ReadPdf {
    std::vector<std::string> pages; ///< what stands on each, as poppler reads it

    std::string text() const;
    bool has(std::string_view words) const;
};

/// Fails the test where the bytes are no PDF.
ReadPdf read_pdf(std::string_view bytes);

} // namespace doorstep::test
