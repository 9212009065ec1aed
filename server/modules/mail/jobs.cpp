#include "modules/mail/mail.hpp"

namespace doorstep::mail {

namespace {

Task<jobs::Outcome> deliver_letter(Mail& mail, Context& ctx, const jobs::Run& run, DeliverLetter job) {
    co_return co_await mail.deliver(ctx, run, {job.letter_id});
}

Task<jobs::Outcome> process_mailgun(Mail& mail, Context& ctx, const jobs::Run&, ProcessMailgun job) {
    co_await mail.process_mailgun(ctx, job.webhook_id);
    co_return jobs::Outcome::done();
}

} // namespace

void jobs(jobs::Registry& registry, Mail& mail) {
    registry.add<ProcessMailgun>(mail, process_mailgun, {.max_attempts = 8});
    registry.add<DeliverLetter>(mail, deliver_letter, {.max_attempts = 10, .ack_now = true});
}

} // namespace doorstep::mail
