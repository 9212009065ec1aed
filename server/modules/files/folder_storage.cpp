#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <system_error>

#include "modules/files/files.hpp"

namespace doorstep::files {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

class Descriptor {
public:
    Descriptor(const fs::path& path, int flags) : value_(open(path.c_str(), flags | O_CLOEXEC, 0600)) {
        if (value_ < 0) fail("a file of the storage can't be opened");
    }
    ~Descriptor() { close(value_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    void write(std::string_view bytes) const {
        while (!bytes.empty()) {
            auto written = ::write(value_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) fail("a file can't be stored");
            bytes.remove_prefix(std::size_t(written));
        }
    }
    void sync() const {
        if (fsync(value_) != 0) fail("a file can't be stored");
    }

private:
    int value_;
};

void write_whole(const fs::path& path, std::string_view bytes) {
    fs::create_directories(path.parent_path());
    auto beside = path;
    beside += ".new";
    {
        Descriptor file(beside, O_WRONLY | O_CREAT | O_TRUNC);
        file.write(bytes);
        file.sync();
    }
    fs::rename(beside, path);
    Descriptor(path.parent_path(), O_RDONLY | O_DIRECTORY).sync();
}

std::optional<std::string> read_whole(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(in), {});
}

} // namespace

Task<> FolderStorage::put(std::string key, std::string_view bytes) {
    auto work = [path = folder_ / key, bytes] { write_whole(path, bytes); };
    co_await blocking_.run(work);
}

Task<std::optional<std::string>> FolderStorage::get(std::string key) {
    auto work = [path = folder_ / key] { return read_whole(path); };
    co_return co_await blocking_.run(work);
}

Task<> FolderStorage::remove(std::string key) {
    auto work = [path = folder_ / key] { fs::remove(path); };
    co_await blocking_.run(work);
}

} // namespace doorstep::files
