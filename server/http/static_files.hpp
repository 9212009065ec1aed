#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/embedded.hpp"
#include "http/router.hpp"

namespace doorstep::http {

/// The web app's files: those in the binary or, for development, those of a folder.
class StaticFiles {
public:
    /// `folder`: web/dist on disk; empty: what is embedded.
    explicit StaticFiles(std::string folder = {}) : folder_(std::move(folder)) {}

    /// A file by its path in web/dist: conditional, compressed where it was embedded so, cached for good where its name holds its
    /// hash. Throws Error 404.
    Response file(const Request& request, std::string_view path) const;
    /// The app's page, or words on how to build it.
    Response page(const Request& request) const;
    /// A page of the API's documentation, which is only ever embedded.
    Response docs(const Request& request, std::string_view path) const;

private:
    std::string folder_;
};

/// An embedded file as an answer.
Response embedded_answer(const Request& request, const EmbeddedFile& file, bool immutable);

/// Routes for the app's files, for the API's documentation (/docs, /redoc) and for the app's pages, which are all the same
/// document: `pages` are patterns such as "/console/{path...}".
void web_routes(Router& router, StaticFiles& files, const std::vector<std::string>& pages);

} // namespace doorstep::http
