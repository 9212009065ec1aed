#pragma once

#include <optional>
#include <string_view>

namespace doorstep {

/// A file of the web app. `gzip` is empty where compression gains nothing.
struct EmbeddedFile {
    std::string_view path;
    std::string_view content_type;
    std::string_view etag;
    std::string_view bytes;
    std::string_view gzip;
};

/// A file of the built web app by its path in web/dist ("index.html", "assets/app-1a2b.js"), or nullptr. Only release builds
/// hold any.
const EmbeddedFile* embedded_file(std::string_view path);

/// A template by its path in templates/ ("en/welcome.mustache").
std::optional<std::string_view> embedded_template(std::string_view path);

/// A file of resources/, by its path there.
std::optional<std::string_view> embedded_data(std::string_view path);

} // namespace doorstep
