#include "modules/identity/jobs.hpp"

#include "modules/identity/identity.hpp"

namespace doorstep::identity {
namespace {

Task<jobs::Outcome> send_reset(Identity& identity, Context& ctx, const jobs::Run&, SendReset job) {
    co_await identity.send_reset(ctx, job.email, job.ip);
    co_return jobs::Outcome::done();
}

Task<jobs::Outcome> note_failure(Identity& identity, Context& ctx, const jobs::Run&, NoteFailure job) {
    ctx.ip = job.ip;
    ctx.user_agent = job.user_agent;
    co_await identity.note_failure(ctx, job.email, job.locked_until);
    co_return jobs::Outcome::done();
}

} // namespace

void jobs(jobs::Registry& registry, Identity& identity) {
    registry.add<SendReset>(identity, send_reset);
    registry.add<NoteFailure>(identity, note_failure);
}

} // namespace doorstep::identity
