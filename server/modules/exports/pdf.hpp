#pragma once

#include <expected>
#include <string>

#include "core/task.hpp"

namespace doorstep::exports {

enum class PdfFault {
    missing, ///< there is nothing here that makes PDF
    busy,    ///< too many wait already
    slow,    ///< it was not done in time, and given up
    failed,
};

/// Makes PDF of HTML, for which nothing is fetched.
class PdfRenderer {
public:
    virtual ~PdfRenderer() = default;
    /// From any thread.
    virtual Task<std::expected<std::string, PdfFault>> render(std::string html) = 0;
};

} // namespace doorstep::exports
