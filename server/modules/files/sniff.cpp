#include <magic.h>

#include <stdexcept>

#include "modules/files/files.hpp"

namespace doorstep::files {

namespace {

/// libmagic's handles are for one thread at a time, and loading the rules takes longer than using them.
class Rules {
public:
    Rules() : handle_(magic_open(MAGIC_MIME_TYPE | MAGIC_ERROR | MAGIC_NO_CHECK_COMPRESS)) {
        if (!handle_ || magic_load(handle_, nullptr) != 0) throw std::runtime_error("libmagic's rules can't be loaded");
    }
    ~Rules() { magic_close(handle_); }
    Rules(const Rules&) = delete;
    Rules& operator=(const Rules&) = delete;

    std::string of(std::string_view bytes) {
        auto found = magic_buffer(handle_, bytes.data(), bytes.size());
        return found ? found : "application/octet-stream";
    }

private:
    magic_t handle_;
};

} // namespace

std::string sniff(std::string_view bytes) {
    thread_local Rules rules;
    return rules.of(bytes);
}

std::string safe_name(std::string_view name) {
    auto slash = name.find_last_of("/\\");
    if (slash != name.npos) name.remove_prefix(slash + 1);
    std::string clean;
    for (char c : name) clean += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    auto trimmed = trim(clean);
    while (trimmed.starts_with('.')) trimmed.remove_prefix(1);
    Line<1, 200> line;
    if (Field<Line<1, 200>>::parse(utf8_prefix(trimmed, 200), line)) return "file";
    return line.value;
}

} // namespace doorstep::files
