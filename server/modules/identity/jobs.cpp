#include "modules/identity/jobs.hpp"

#include "modules/identity/identity.hpp"

namespace doorstep::identity {
namespace {

Task<jobs::Outcome> send_reset(Identity& identity, Context& ctx, const jobs::Run&, SendReset job) {
    co_await identity.send_reset(ctx, job.email, job.ip);
    co_return jobs::Outcome::done();
}

} // namespace

void jobs(jobs::Registry& registry, Identity& identity) {
    registry.add<SendReset>(identity, send_reset);
}

} // namespace doorstep::identity
