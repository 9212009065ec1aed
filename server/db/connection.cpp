#include "db/connection.hpp"

#include <libpq-fe.h>

#include <sys/socket.h>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <cstring>
#include <utility>

namespace doorstep::db {

namespace {

std::string text_or_empty(const char* text) {
    return text ? text : "";
}

bool connection_is_gone(const pg_result* result, std::string_view sqlstate) {
    if (sqlstate.starts_with("08") || sqlstate.starts_with("57P0")) return true;
    auto severity = text_or_empty(PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED));
    return severity == "FATAL" || severity == "PANIC";
}

void resume(boost::asio::io_context& io, Segment::Handler handler, boost::system::error_code result) {
    boost::asio::post(io, [handler = std::move(handler), result]() mutable { std::move(handler)(result); });
}

} // namespace

Task<> Segment::finished(boost::asio::io_context& io) {
    if (done_) co_return;
    auto initiate = [this, &io](Handler handler) {
        auto slot = boost::asio::get_associated_cancellation_slot(handler);
        if (slot.is_connected()) {
            slot.assign([this, &io](boost::asio::cancellation_type) {
                if (!handler_) return;
                resume(io, *std::exchange(handler_, std::nullopt), boost::asio::error::operation_aborted);
            });
        }
        handler_.emplace(std::move(handler));
    };
    co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void(boost::system::error_code)>(
        initiate, boost::asio::use_awaitable
    );
}

void Segment::complete(boost::asio::io_context& io) {
    done_ = true;
    if (handler_) resume(io, *std::exchange(handler_, std::nullopt), {});
    if (on_done) boost::asio::post(io, std::exchange(on_done, nullptr));
}

Connection::Connection(boost::asio::io_context& io, const ConnectionSettings& settings)
    : io_(io), settings_(settings), socket_(io), connect_timer_(io) {}

Connection::~Connection() {
    close();
}

// --- statements ---------------------------------------------------------------------------------------------------

bool Connection::clean() const {
    return ready_ && in_flight_.empty() && PQtransactionStatus(conn_) == PQTRANS_IDLE;
}

Connection::Prepared& Connection::prepared(const Query& query) {
    if (query.index() >= prepared_.size()) prepared_.resize(Query::all().size());
    return prepared_[query.index()];
}

const char* Connection::statement_name(const Query& query, const Prepared& prepared) {
    if (prepared.generation == 0) return query.name();
    name_ = std::string(query.name()) + "#" + std::to_string(prepared.generation);
    return name_.c_str();
}

void Connection::prepare(Segment& segment, const Query& query) {
    auto& entry = prepared(query);
    if (entry.known != Known::no || !ready_) return;
    const char* sql = query.sql();
    std::string checked;
    if (&query == settings_.enter) {
        // What follows in the same segment must not run for a dead credential, so NULL has to be an error on the server.
        checked = "select (" + std::string(sql) + ")::app.live_credential";
        sql = checked.c_str();
    }
    if (!PQsendPrepare(conn_, statement_name(query, entry), sql, 0, nullptr)) return refuse(segment, query);
    entry.known = Known::asked;
    segment.steps_.push_back({&query, Segment::Step::parse, entry.generation});
}

void Connection::require_sendable(const Query& query, std::span<const Param> params) {
    for (const auto& param : params) {
        // libpq would silently send what stands before the NUL.
        if (param && std::memchr(param->data(), 0, param->size()))
            throw Failure("22021", "", "a parameter holds a NUL character", query.name());
    }
}

void Connection::add(Segment& segment, const Query& query, std::span<const Param> params, bool keep) {
    prepare(segment, query);
    if (!ready_) return;
    values_.clear();
    for (const auto& param : params) values_.push_back(param ? param->c_str() : nullptr);
    const auto& entry = prepared(query);
    const auto* name = statement_name(query, entry);
    if (!PQsendQueryPrepared(conn_, name, int(params.size()), values_.data(), nullptr, nullptr, 0))
        return refuse(segment, query);
    segment.steps_.push_back({&query, keep ? Segment::Step::run_and_keep : Segment::Step::run, entry.generation});
}

void Connection::add_text(Segment& segment, const Query& label, const std::string& sql) {
    if (!ready_) return;
    if (!PQsendQueryParams(conn_, sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0)) return refuse(segment, label);
    segment.steps_.push_back({&label, Segment::Step::run, 0});
}

void Connection::refuse(Segment& segment, const Query& query) {
    if (!segment.failure) segment.failure.emplace("", "", problem(), query.name());
}

/// The server's farewell may lie in the socket before the event loop comes to it. Nothing else it sends to one who has asked
/// nothing begins like an error.
bool Connection::has_died_unnoticed() const {
    char first = 0;
    auto length = recv(PQsocket(conn_), &first, 1, MSG_PEEK | MSG_DONTWAIT);
    if (length < 0) return errno != EAGAIN && errno != EINTR;
    return length == 0 || (first == 'E' && !PQsslInUse(conn_));
}

void Connection::send(const std::shared_ptr<Segment>& segment) {
    if (ready_ && in_flight_.empty() && has_died_unnoticed()) lose();
    if (!ready_) {
        segment->lost = Segment::Lost::never_run;
        segment->complete(io_);
        return;
    }
    segment->sent_ = std::chrono::steady_clock::now();
    if (in_flight_.empty()) head_since_ = segment->sent_;
    in_flight_.push_back(segment);
    // Sync, and written at once: libpq 15 has no way to hold it back, and the server may as well begin.
    if (!PQpipelineSync(conn_)) {
        lose_after_results();
        return;
    }
    flush();
}

void Connection::flush() {
    if (writing_) return;
    int left = PQflush(conn_);
    if (left < 0) return lose_after_results();
    if (left > 0) watch_writes();
}

// --- answers ------------------------------------------------------------------------------------------------------

void Connection::watch_writes() {
    writing_ = true;
    socket_.async_wait(boost::asio::posix::stream_descriptor::wait_write, [weak = weak_from_this()](auto error) {
        auto self = weak.lock();
        if (!self || error || !self->ready_) return;
        self->writing_ = false;
        self->flush();
    });
}

void Connection::watch_reads() {
    // Also while nothing is in flight: that is how the end of a server is noticed before a statement is entrusted to it.
    socket_.async_wait(boost::asio::posix::stream_descriptor::wait_read, [weak = weak_from_this()](auto error) {
        auto self = weak.lock();
        if (!self || error || !self->ready_) return;
        self->read_results();
        if (self->ready_) self->watch_reads();
    });
}

void Connection::read_results() {
    bool alive = take_results(PQconsumeInput(conn_));
    if (closing_ && in_flight_.empty()) return close();
    if (on_notify) {
        while (conn_) {
            auto* notice = PQnotifies(conn_);
            if (!notice) break;
            on_notify(notice->relname, notice->extra);
            PQfreemem(notice);
        }
    }
    if (!conn_) return;
    if (!alive || PQstatus(conn_) == CONNECTION_BAD) {
        lose();
    } else if (!writing_) {
        flush();
    }
}

// What came before the end is still worth reading, also when it was a write that met the end: it says whether the server did
// the work.
void Connection::lose_after_results() {
    take_results(false);
    lose();
}

bool Connection::take_results(bool alive) {
    int nothing = 0;
    while (!in_flight_.empty() && !PQisBusy(conn_)) {
        auto* result = PQgetResult(conn_);
        bool failed = result && PQresultStatus(result) == PGRES_FATAL_ERROR;
        if (result) {
            nothing = 0;
            take(result);
        } else {
            auto& head = *in_flight_.front();
            if (std::exchange(head.has_result_, false)) ++head.step_;
            // Two in a row: libpq knows of no statement any more, though we do.
            if (++nothing > 2) alive = false;
            if (!alive && nothing > 2) break;
        }
        // The last word there is, the server's or libpq's; what came before it stands in front of it, with a null behind each.
        if (PQstatus(conn_) == CONNECTION_BAD && (failed || nothing > 2)) break;
    }
    return alive;
}

void Connection::take(pg_result* result) {
    auto& head = *in_flight_.front();
    auto status = PQresultStatus(result);
    if (status == PGRES_PIPELINE_SYNC) {
        PQclear(result);
        finish_head();
        return;
    }
    head.has_result_ = true;
    bool last = head.step_ + 1 == head.steps_.size();
    const auto* step = head.step_ < head.steps_.size() ? &head.steps_[head.step_] : nullptr;
    switch (status) {
    case PGRES_TUPLES_OK:
    case PGRES_COMMAND_OK:
    case PGRES_EMPTY_QUERY:
        if (step) parsed(*step, Known::yes);
        if (last && status == PGRES_COMMAND_OK) head.last_tag = text_or_empty(PQcmdStatus(result));
        if (step && step->kind == Segment::Step::run_and_keep) {
            head.results.push_back(Rows(result, step->query));
            return;
        }
        break;
    case PGRES_PIPELINE_ABORTED:
        if (step) parsed(*step, Known::no);
        break;
    default: failed(head, result); break;
    }
    PQclear(result);
}

void Connection::parsed(const Segment::Step& step, Known known) {
    auto& entry = prepared(*step.query);
    if (step.kind == Segment::Step::parse && entry.generation == step.generation) entry.known = known;
}

void Connection::failed(Segment& segment, const pg_result* result) {
    auto sqlstate = text_or_empty(PQresultErrorField(result, PG_DIAG_SQLSTATE));
    if (sqlstate.empty() || connection_is_gone(result, sqlstate)) {
        if (sqlstate.empty()) return; // nobody's answer but libpq's; lose() follows
        said_goodbye_ = true;
        // In place of a statement's result, hence before the Sync at which the statements commit.
        segment.undone_ = segment.step_ < segment.steps_.size();
        return;
    }
    const auto* step = segment.step_ < segment.steps_.size() ? &segment.steps_[segment.step_] : nullptr;
    if (step) {
        auto& entry = prepared(*step->query);
        bool current = entry.generation == step->generation;
        bool parsing = step->kind == Segment::Step::parse;
        bool plan_died = sqlstate == "0A000" && !parsing;
        if (current && (parsing || plan_died || sqlstate == "26000")) entry.known = Known::no;
        if (current && plan_died) ++entry.generation;
        step->query->counters().failures.fetch_add(1, std::memory_order_relaxed);
    }
    if (segment.failure) return;
    auto constraint = text_or_empty(PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME));
    // A domain that may not be NULL is a constraint too, named by its type.
    if (constraint.empty()) constraint = text_or_empty(PQresultErrorField(result, PG_DIAG_DATATYPE_NAME));
    segment.failure.emplace(
        std::move(sqlstate), std::move(constraint), text_or_empty(PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY)),
        step ? step->query->name() : ""
    );
}

/// Once a write has met the end of the connection, libpq knows no more what it had asked. What the server still said is thrown
/// away with a notice of libpq's own that names the message's type, and the server's farewell is handed on as a notice.
void Connection::noticed(const pg_result* result) {
    if (PQstatus(conn_) != CONNECTION_BAD || in_flight_.empty()) return;
    constexpr std::string_view ready_for_query = "0x5a";
    auto sqlstate = text_or_empty(PQresultErrorField(result, PG_DIAG_SQLSTATE));
    if (sqlstate.empty() && std::string_view(PQresultErrorMessage(result)).find(ready_for_query) != std::string_view::npos)
        sync_dropped_ = true;
    if (!sync_dropped_ && connection_is_gone(result, sqlstate)) failed(*in_flight_.front(), result);
}

void Connection::finish_head() {
    auto segment = std::move(in_flight_.front());
    in_flight_.pop_front();
    auto now = std::chrono::steady_clock::now();
    head_since_ = now;
    for (const auto& step : segment->steps_) {
        if (step.kind != Segment::Step::parse) step.query->counters().runs.fetch_add(1, std::memory_order_relaxed);
    }
    if (!segment->steps_.empty()) {
        auto took = std::chrono::duration_cast<std::chrono::microseconds>(now - segment->sent_);
        auto& counters = segment->steps_.back().query->counters();
        counters.microseconds.fetch_add(std::uint64_t(took.count()), std::memory_order_relaxed);
    }
    segment->complete(io_);
}

} // namespace doorstep::db
