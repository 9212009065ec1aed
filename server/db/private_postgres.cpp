#include "db/private_postgres.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <fstream>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>
#include <vector>

#include "core/crypto.hpp"
#include "db/blocking.hpp"

namespace doorstep::db {

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto start_patience = 120s; // recovery after a crash may take a while
constexpr auto orphan_patience = 10s;
constexpr auto fast_stop = 8s;
constexpr auto immediate_stop = 2s;
constexpr std::chrono::milliseconds check_interval = 300ms;
constexpr std::chrono::milliseconds retry_interval = 5s;
constexpr std::size_t longest_socket_folder = 107 - sizeof "/.s.PGSQL.5432";
constexpr std::uintmax_t longest_log = 8 << 20;

std::vector<std::string> lines_of(const fs::path& file) {
    std::vector<std::string> lines;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

/// What a postmaster writes of itself: process, folder, start, port, socket folder, address, memory, state.
struct PidFile {
    pid_t pid = 0;
    std::string socket_folder;
    bool ready = false;
};

std::optional<PidFile> read_pid_file(const fs::path& cluster) {
    auto lines = lines_of(cluster / "postmaster.pid");
    if (lines.empty()) return std::nullopt;
    PidFile file;
    std::from_chars(lines[0].data(), lines[0].data() + lines[0].size(), file.pid);
    if (lines.size() >= 5) file.socket_folder = lines[4];
    file.ready = lines.size() >= 8 && lines[7].starts_with("ready");
    return file;
}

/// The process that the file names, if it is a postmaster and not somebody to whom the number went since.
bool runs(const PidFile& file, const fs::path& cluster) {
    if (file.pid <= 0 || (kill(file.pid, 0) != 0 && errno == ESRCH)) return false;
    std::error_code error;
    auto place = fs::read_symlink("/proc/" + std::to_string(file.pid) + "/cwd", error);
    return !error && place == fs::canonical(cluster, error);
}

template <class Reached>
bool wait_until(std::chrono::steady_clock::duration patience, Reached reached) {
    auto deadline = std::chrono::steady_clock::now() + patience;
    while (!reached()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(5ms);
    }
    return true;
}

std::string quoted(const std::string& value) {
    std::string text = "'";
    for (char c : value) {
        if (c == '\'' || c == '\\') text += '\\';
        text += c;
    }
    return text + "'";
}

} // namespace

std::unique_ptr<PrivatePostgres> PrivatePostgres::start(const fs::path& data_folder, const Log& log) {
    std::error_code error;
    fs::create_directories(data_folder, error);
    auto folder = fs::canonical(data_folder, error);
    if (error || access(folder.c_str(), R_OK | W_OK | X_OK) != 0)
        throw std::runtime_error(
            "The data folder " + data_folder.string() +
            " can't be used: choose another one with --data, or change its permissions."
        );
    return std::unique_ptr<PrivatePostgres>(new PrivatePostgres(folder, log));
}

PrivatePostgres::PrivatePostgres(fs::path data_folder, const Log& log)
    : folder_(std::move(data_folder)), cluster_(folder_ / "postgres"), log_file_(folder_ / "postgres.log"), log_(log) {
    // One at a time looks, makes, starts or stops.
    FileLock turn(folder_ / "postgres.turn");
    turn.exclusive();
    users_ = std::make_unique<FileLock>(folder_ / "postgres.users");
    users_->shared();
    if (fs::exists(cluster_)) {
        check_cluster();
    } else {
        make_cluster();
    }
    ensure_running();
    owner_conninfo_ = conninfo("doorstep_owner", "doorstep");
    app_conninfo_ = conninfo("doorstep_app", "doorstep");
    make_roles();
    keeper_ = std::jthread([this](std::stop_token stopping) { keep(stopping); });
}

PrivatePostgres::~PrivatePostgres() {
    try {
        stop();
    } catch (const std::exception& problem) {
        log_(std::string("PostgreSQL was not stopped: ") + problem.what());
    }
}

// --- starting -----------------------------------------------------------------------------------------------------

/// Beside the data, or where that is too long for a socket, in a short folder that is ours alone.
fs::path PrivatePostgres::socket_folder() const {
    auto give = [this](const fs::path& folder) {
        mkdir(folder.c_str(), 0700);
        struct stat status{};
        bool real = lstat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
        if (real && geteuid() == 0 && (status.st_uid == 0 || status.st_uid == user_.uid)) {
            real = chown(folder.c_str(), user_.uid, user_.gid) == 0 && stat(folder.c_str(), &status) == 0;
        }
        return real && status.st_uid == user_.uid && chmod(folder.c_str(), 0700) == 0 && may_enter(user_, folder);
    };
    auto beside = folder_ / "run";
    if (beside.string().size() <= longest_socket_folder && give(beside)) return beside;
    auto name = "doorstep-" + sha256_hex(folder_.string()).substr(0, 12);
    for (const auto& parent : {"/run/user/" + std::to_string(user_.uid), std::string("/tmp")}) {
        auto folder = fs::path(parent) / (name + "-" + std::to_string(user_.uid));
        if (fs::exists(parent) && give(folder)) return folder;
    }
    throw std::runtime_error(
        "There is no place for PostgreSQL's socket: " + beside.string() + " is too long, and /tmp/" + name + " is not ours."
    );
}

void PrivatePostgres::ensure_running() {
    std::size_t log_start = 0;
    auto running = read_pid_file(cluster_);
    if (!running || !runs(*running, cluster_)) {
        own_log();
        shorten_log();
        log_start = std::size_t(fs::file_size(log_file_));
        auto socket = socket_folder();
        remove_leftovers(socket);
        write_settings();
        std::vector<std::string> command{
            (installation_.bin / "postgres").string(), "-D", cluster_.string(), "-k", socket.string()
        };
        launch_program(user_, command, log_file_);
    }
    await_ready(log_start);
}

/// Nobody else would notice that it was killed but those who then wait for it.
void PrivatePostgres::keep(std::stop_token stopping) {
    std::mutex mutex;
    std::condition_variable_any woken;
    for (auto pause = check_interval; !stopping.stop_requested();) {
        std::unique_lock lock(mutex);
        woken.wait_for(lock, stopping, pause, [] { return false; });
        if (stopping.stop_requested()) return;
        try {
            shorten_log();
            auto file = read_pid_file(cluster_);
            if (file && runs(*file, cluster_)) continue;
            FileLock turn(folder_ / "postgres.turn");
            turn.exclusive();
            log_("PostgreSQL has ended unexpectedly and is started again");
            ensure_running();
            pause = check_interval;
        } catch (const std::exception& problem) {
            log_(problem.what());
            pause = retry_interval;
        }
    }
}

void PrivatePostgres::await_ready(std::size_t log_start) {
    auto launched = std::chrono::steady_clock::now();
    std::optional<PidFile> file;
    bool done = wait_until(start_patience, [&] {
        file = read_pid_file(cluster_);
        if (file && file->ready) return true;
        if (file && runs(*file, cluster_)) return false;
        // Before it writes the file there is only the process to be seen, and before that not even it.
        bool given_time = std::chrono::steady_clock::now() - launched > 1s;
        if (given_time && processes_in(cluster_).empty()) refuse_start(log_start);
        return false;
    });
    if (!done)
        throw std::runtime_error(
            "PostgreSQL is still recovering after two minutes; see " + log_file_.string() + ", and start again later."
        );
    socket_folder_ = file->socket_folder;
}

/// Lock files of a machine that went down, or of a process that nobody has buried yet, would keep PostgreSQL from starting.
/// While anything still works in the folder (children of a postmaster that was killed), they are not ours to remove.
void PrivatePostgres::remove_leftovers(const fs::path& socket) const {
    bool alone = wait_until(orphan_patience, [this] { return processes_in(cluster_).empty(); });
    if (!alone)
        throw std::runtime_error(
            "Processes of a PostgreSQL that was killed still work in " + cluster_.string() + ". End them, then start again."
        );
    std::error_code error;
    fs::remove(cluster_ / "postmaster.pid", error);
    fs::remove(socket / ".s.PGSQL.5432.lock", error);
    fs::remove(socket / ".s.PGSQL.5432", error);
}

void PrivatePostgres::refuse_start(std::size_t log_start) const {
    std::string reason;
    std::ifstream in(log_file_);
    in.seekg(std::streamoff(log_start));
    for (std::string line; std::getline(in, line);) {
        for (const char* word : {"FATAL:  ", "PANIC:  ", "postgres: "}) {
            auto at = line.find(word);
            if (at != line.npos) reason = line.substr(at + std::string_view(word).size());
        }
    }
    if (reason.find("No space left") != reason.npos)
        throw std::runtime_error(
            "The disk that holds " + folder_.string() + " is full. Free some space and start again; nothing is lost."
        );
    if (reason.find("ermission") != reason.npos)
        throw std::runtime_error(
            "PostgreSQL (user " + user_.name + ") can't use its folder: " + reason + ". Run: chown -R " + user_.name + " " +
            cluster_.string() + " && chmod 700 " + cluster_.string()
        );
    if (reason.empty()) reason = "it ended without a word";
    throw std::runtime_error("PostgreSQL did not start: " + reason + " (" + log_file_.string() + ")");
}

std::string PrivatePostgres::conninfo(const std::string& user, const std::string& database) const {
    return "host=" + quoted(socket_folder_) + " port=5432 user=" + user + " dbname=" + database;
}

// --- stopping -----------------------------------------------------------------------------------------------------

void PrivatePostgres::stop() {
    if (!users_) return;
    keeper_.request_stop();
    if (keeper_.joinable()) keeper_.join();
    FileLock turn(folder_ / "postgres.turn");
    turn.exclusive();
    bool last = users_->try_exclusive();
    if (last && !stop_server()) log_("PostgreSQL did not stop in time; the next start will recover it");
    users_.reset();
}

bool PrivatePostgres::stop_server() {
    auto file = read_pid_file(cluster_);
    if (!file || !runs(*file, cluster_)) return true;
    auto gone = [&] { return !runs(*file, cluster_); };
    kill(file->pid, SIGINT); // fast: transactions are rolled back, everything is written
    if (wait_until(fast_stop, gone)) return true;
    kill(file->pid, SIGQUIT); // at once: as safe as a power failure
    return wait_until(immediate_stop, gone);
}

// --- its log ------------------------------------------------------------------------------------------------------

void PrivatePostgres::own_log() const {
    int file = open(log_file_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool given = file >= 0 && (geteuid() != 0 || fchown(file, user_.uid, user_.gid) == 0);
    if (file >= 0) close(file);
    if (!given) throw std::runtime_error("The file " + log_file_.string() + " can't be written. Is the disk full?");
}

void PrivatePostgres::shorten_log() const {
    std::error_code error;
    auto size = fs::file_size(log_file_, error);
    if (error || size < longest_log) return;
    // PostgreSQL has the file open, so its contents move and it stays.
    auto old = log_file_;
    old += ".1";
    fs::copy_file(log_file_, old, fs::copy_options::overwrite_existing, error);
    if (!error) fs::resize_file(log_file_, 0, error);
}

} // namespace doorstep::db
