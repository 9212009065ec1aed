#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace doorstep::test {

/// The headers of a request whose body form() made.
inline std::vector<std::pair<std::string, std::string>> form_headers() {
    return {{"Content-Type", "multipart/form-data; boundary=----form7e3"}};
}

/// A form with a file, and further fields.
inline std::string form(
    std::string_view filename, std::string_view bytes, const std::vector<std::pair<std::string, std::string>>& fields = {}
) {
    std::string body;
    for (auto& [name, value] : fields)
        body += "------form7e3\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    body += "------form7e3\r\nContent-Disposition: form-data; name=\"file\"; filename=\"";
    body += filename;
    body += "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
    body += bytes;
    return body + "\r\n------form7e3--\r\n";
}

} // namespace doorstep::test
