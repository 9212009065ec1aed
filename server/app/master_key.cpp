#include "app/master_key.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "core/crypto.hpp"
#include "core/text.hpp"

namespace doorstep::app {

namespace {

std::string read_key(const std::string& file) {
    struct stat info{};
    if (::stat(file.c_str(), &info) == 0 && (info.st_mode & 077) != 0) {
        throw std::runtime_error(fmt::format("the master key {} can be read by others; run: chmod 600 {}", file, file));
    }
    std::ifstream in(file);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    std::string key(trim(text));
    if (!in || key.size() < 32) {
        throw std::runtime_error(
            fmt::format("the master key {} can't be read; put it back from a backup or set DOORSTEP_MASTER_KEY", file)
        );
    }
    return key;
}

// Written whole under another name and then linked: whoever comes first wins, and nobody reads half a key.
void make_key(const std::string& file) {
    auto draft = fmt::format("{}.{}", file, random_token(6));
    int fd = ::open(draft.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0) throw std::runtime_error(fmt::format("{} can't be written: {}", draft, std::strerror(errno)));
    auto text = random_token(32) + "\n";
    bool written = ::write(fd, text.data(), text.size()) == ssize_t(text.size()) && ::fsync(fd) == 0;
    ::close(fd);
    int linked = written ? ::link(draft.c_str(), file.c_str()) : -1;
    int problem = errno;
    ::unlink(draft.c_str());
    if (linked != 0 && problem != EEXIST) {
        throw std::runtime_error(fmt::format("the master key {} can't be written: {}", file, std::strerror(problem)));
    }
}

} // namespace

std::string master_key_file(const Config& config) {
    return (std::filesystem::path(config.doorstep_data) / "master.key").string();
}

std::string master_key(const Config& config) {
    if (!config.doorstep_master_key.empty()) return config.doorstep_master_key;
    auto file = master_key_file(config);
    std::error_code ec;
    std::filesystem::create_directories(config.doorstep_data, ec);
    if (!std::filesystem::exists(file, ec)) make_key(file);
    return read_key(file);
}

} // namespace doorstep::app
