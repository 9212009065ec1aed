#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "db/database.hpp"
#include "http/router.hpp"
#include "modules/notifications/notifications.hpp"

namespace doorstep::app {

/// One thing that the installation needs, as the last look found it.
struct HealthCheck {
    std::string name;
    bool healthy = true;
    std::string detail;           ///< in words, with what to do where it is not well
    std::optional<double> figure; ///< what was measured: ms (store), minutes (jobs), GiB (disk), else how many
    Time checked_at;
    Time since; ///< it has been so
    BOOST_DESCRIBE_CLASS(HealthCheck, (), (name, healthy, detail, figure, checked_at, since), (), ())
};

struct HealthReport {
    bool healthy = true;
    std::optional<Time> checked_at; ///< null: nobody has looked yet
    std::vector<HealthCheck> checks;
    BOOST_DESCRIBE_CLASS(HealthReport, (), (healthy, checked_at, checks), (), ())
};

/// Looks from time to time whether the installation does what it is for: the store answers, work gets done, mail leaves and comes
/// in, there is room on the disk. Who installed it is told of what is not well, once until it is well again.
class Health {
public:
    struct Parts {
        db::Database& db;
        notifications::Notifications& notifications;
        std::filesystem::path folder; ///< on the disk that must have room; empty: none is looked at
    };
    explicit Health(Parts parts) : parts_(std::move(parts)) {}

    /// By a schedule, with an all-accounts context.
    Task<HealthReport> look(Context& ctx);
    /// What the last look found.
    Task<HealthReport> report(Context& ctx);

    struct Finding;

private:
    Task<> tell(Context& ctx, const std::vector<Finding>& findings);

    Parts parts_;
};

void routes(http::Router& router, Health& health);

} // namespace doorstep::app
