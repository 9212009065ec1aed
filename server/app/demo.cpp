#include "app/demo.hpp"

#include <fmt/format.h>

#include <map>
#include <queue>

#include "app/demo_people.hpp"
#include "app/demo_plans.hpp"
#include "core/crypto.hpp"
#include "http/context.hpp"
#include "providers/sendgrid/events.hpp"

namespace doorstep::app {

namespace {

using namespace std::chrono_literals;
using contacts::Client;

const db::Query lock_sql{"demo.lock", "select pg_advisory_xact_lock(hashtext('doorstep.demo'))::text"};
const db::Query any_account_sql{"demo.any_account", "select exists (select from accounts)"};
const db::Query demo_owner_sql{"demo.owner", "select exists (select from users where email_key = $1)"};
const db::Query unprocessed_sql{"demo.unprocessed", "select id from inbound_webhooks where processed_at is null"};
// Applied already, as of then: what the server would find to do again is nothing.
const db::Query forget_jobs_sql{"demo.forget_jobs", "delete from app.jobs where kind in ('messages.webhook', 'messages.send')"};

/// Takes every letter, but for the one address that does not exist.
class DemoSender : public mail::EmailSender {
public:
    std::string_view name() const override { return "sendgrid"; }
    Task<mail::SendResult> send(const mail::OutgoingEmail& email) override {
        co_return mail::SendResult{.kind = mail::SendResult::Kind::accepted, .provider_id = "demo-" + email.email_id};
    }
};

/// SendGrid's events, believed without a signature: they were made a moment ago, here.
class DemoEvents : public mail::EmailEventSource {
public:
    std::string_view name() const override { return "sendgrid"; }
    std::string verify(const http::Request&, Time) const override { return {}; }
    Batch parse(std::string_view body) const override { return real_->parse(body); }

private:
    std::unique_ptr<mail::EmailEventSource> real_ = providers::make_sendgrid_events("", 600s);
};

struct Act {
    enum class Kind { arrive, follow_up, email_event, move, to_do, sort_out };

    Time at;
    Kind kind;
    std::size_t person;
    Uuid subject{}; ///< the task or e-mail
    std::string event = {};

    bool operator<(const Act& other) const { return at > other.at; } // the earliest on top
};

/// Plays six weeks in the order of time. Everything below runs in one transaction, `tx_`.
class Play {
public:
    Play(Workbench& bench, const Config& config, db::Session& tx)
        : bench_(bench),
          tx_(tx),
          real_now_(bench.clock.now()),
          modules_({
              .db = bench.db,
              .blocking = bench.blocking,
              .sealer = bench.sealer,
              .publish = [](events::LiveNotice) {},
              .sender = &sender_,
              .sendgrid = &events_,
              .sending = {.public_url = config.public_url()},
          }) {}

    Task<> run(const std::string& password_hash) {
        set_time(real_now_ - 24h * 60);
        co_await open_accounts(password_hash);
        auto people = demo_people();
        for (std::size_t i = 0; i < people.size(); ++i) acts_.push({arrival(people[i]), Act::Kind::arrive, i});
        while (!acts_.empty()) {
            auto act = acts_.top();
            acts_.pop();
            if (act.at > real_now_) continue;
            set_time(act.at);
            co_await perform(act);
        }
        set_time(real_now_);
        auto ctx = context();
        co_await make_demo_plans(modules_, ctx, people_in_talks());
        auto everyone = context();
        everyone.all_accounts = true;
        co_await bench_.db.exec(everyone, forget_jobs_sql);
    }

private:
    void set_time(Time at) { past_.set_offset(at - Clock().now()); }

    Time arrival(const DemoPerson& person) const {
        if (person.days_ago == 0) return real_now_ - 25min;
        auto at = plus_local_days(start_of_day(real_now_, Zone{}), -person.days_ago, Zone{});
        return at + std::chrono::hours(person.hour) + std::chrono::minutes(7 * (person.days_ago % 8));
    }

    Context context() {
        Context ctx(past_);
        ctx.account_id = account_.account_id.value;
        ctx.actor = {Actor::Kind::user, account_.user_id.value, "Nora Bell"};
        ctx.outer = &tx_;
        return ctx;
    }

    std::vector<Id<Client>> people_in_talks() const {
        std::vector<Id<Client>> found;
        for (auto& [index, id] : clients_) {
            if (demo_people()[index].stage == "negotiating") found.push_back(id);
        }
        return found;
    }

    Task<> open_accounts(std::string hash) {
        auto ctx = context();
        ctx.all_accounts = true;
        ctx.actor = {Actor::Kind::system, {}, "demo"};
        accounts::NewAccount agency;
        agency.name.value = "Lakeside Realty Group";
        agency.kind = accounts::Kind::agency;
        agency.owner_email.value = demo_agency_email;
        agency.owner_name.value = "Sam Ortiz";
        auto opened = co_await modules_.accounts.open(ctx, agency, hash);
        accounts::NewAccount business;
        business.name.value = "Maple Street Homes";
        business.parent_id = opened.account_id;
        business.owner_email.value = demo_email;
        business.owner_name.value = "Nora Bell";
        account_ = co_await modules_.accounts.open(ctx, business, hash);
    }

    Task<> perform(const Act& act) {
        switch (act.kind) {
        case Act::Kind::arrive: return arrive(act);
        case Act::Kind::follow_up: return follow_up(act);
        case Act::Kind::email_event: return email_event(act);
        case Act::Kind::move: return move(act);
        case Act::Kind::to_do: return make_to_do(act);
        case Act::Kind::sort_out: return complete(act);
        }
        throw std::logic_error("an unknown act");
    }

    Task<> arrive(Act act) {
        const auto& person = demo_people()[act.person];
        contacts::NewClient input;
        input.name.value = person.name;
        if (!person.mailbox.empty()) input.email = Email{fmt::format("{}@example.com", person.mailbox)};
        input.phone = Phone{std::string(person.phone)};
        input.property_address.value = person.address;
        Field<contacts::PropertyType>::parse(person.property_type, input.property_type);
        if (!person.notes.empty()) input.notes = Text<0, 1000>{std::string(person.notes)};
        if (!person.tag.empty()) input.tags = std::vector<contacts::Tag>{{std::string(person.tag)}};
        auto ctx = context();
        auto client = co_await modules_.contacts.create(ctx, input, true);
        clients_[act.person] = client.id;

        journeys::TaskFilter filter;
        filter.client_id = client.id;
        auto tasks = co_await modules_.journeys.list(ctx, filter);
        for (const auto& task : tasks.items)
            acts_.push({task.scheduled_for + 40s, Act::Kind::follow_up, act.person, task.id.value});
        if (person.stage_after_days > 0) acts_.push({act.at + 24h * person.stage_after_days + 3h, Act::Kind::move, act.person});
        if (!person.call.empty()) acts_.push({act.at + 10min, Act::Kind::to_do, act.person});
    }

    Task<> follow_up(Act act) {
        auto ctx = context();
        ctx.actor = {Actor::Kind::system, {}, "system"};
        co_await modules_.journeys.follow_up(ctx, {jobs::Run{}}, {act.subject});
        auto emails = co_await modules_.messages.find_by_causes(ctx, {messages::cause_of_task(act.subject)});
        if (!emails.empty()) react(act, emails.begin()->second.value);
    }

    /// What a person of that interest does with an e-mail, over the next hours.
    void react(const Act& act, Uuid email) {
        auto later = [&](std::chrono::seconds after, std::string event) {
            acts_.push({act.at + after, Act::Kind::email_event, act.person, email, std::move(event)});
        };
        auto interest = demo_people()[act.person].interest;
        if (interest == Interest::none) return;
        if (interest == Interest::bounces) return later(30s, "bounce");
        later(20s, "delivered");
        if (interest == Interest::delivers) return;
        later(1h + 13min * int(act.person % 5), "open");
        if (interest == Interest::clicks) later(1h + 13min * int(act.person % 5) + 45s, "click");
        if (interest == Interest::leaves) later(3h, "unsubscribe");
    }

    Task<> email_event(Act act) {
        const auto& person = demo_people()[act.person];
        http::Request request;
        request.method = "POST";
        request.body = fmt::format(
            R"([{{"event":"{}","email":"{}@example.com","timestamp":{},"sg_event_id":"demo-{}-{}","email_id":"{}"{}}}])",
            act.event, person.mailbox, std::chrono::duration_cast<std::chrono::seconds>(act.at.time_since_epoch()).count(),
            act.subject.text(), act.event, act.subject.text(), details(act.event)
        );
        http::Context ctx(past_, request);
        static_cast<Context&>(ctx) = context();
        ctx.account_id = {};
        ctx.actor = {Actor::Kind::provider, {}, "SendGrid"};
        co_await modules_.messages.take_sendgrid(ctx);
        ctx.all_accounts = true;
        auto kept = co_await bench_.db.all<Uuid>(ctx, unprocessed_sql);
        for (auto id : kept) co_await modules_.messages.process_webhook(ctx, id);
    }

    static std::string_view details(std::string_view event) {
        if (event == "bounce")
            return R"json(,"type":"bounce","status":"5.1.1","reason":"550 5.1.1 The mailbox does not exist")json";
        if (event == "click") {
            return R"json(,"url":"https://example.com/listings","useragent":"Mozilla/5.0 (iPhone)","ip":"192.0.2.44")json";
        }
        if (event == "open") return R"json(,"useragent":"Mozilla/5.0 (Macintosh)","ip":"192.0.2.44")json";
        return "";
    }

    Task<> move(Act act) {
        contacts::ClientPatch patch;
        contacts::Stage stage{};
        Field<contacts::Stage>::parse(demo_people()[act.person].stage, stage);
        patch.stage.value = stage;
        auto ctx = context();
        http::Precondition any = [](std::string_view) {};
        co_await modules_.contacts.update(ctx, clients_.at(act.person), patch, any);
    }

    Task<> make_to_do(Act act) {
        const auto& person = demo_people()[act.person];
        journeys::NewTask input;
        input.client_id = clients_.at(act.person);
        input.scheduled_for = past_.now() + 24h * 2;
        input.priority = journeys::Priority::high;
        input.notes = Text<0, 500>{std::string(person.call)};
        input.channel = journeys::Channel::call;
        input.mode = journeys::Mode::manual;
        auto ctx = context();
        auto task = co_await modules_.journeys.create(ctx, input);
        // Some are done, and some have been waiting for a while.
        if (person.days_ago > 20) acts_.push({task.scheduled_for + 2h, Act::Kind::sort_out, act.person, task.id.value});
    }

    Task<> complete(Act act) {
        journeys::TaskPatch patch;
        patch.status.value = journeys::Status::completed;
        auto ctx = context();
        http::Precondition any = [](std::string_view) {};
        co_await modules_.journeys.update(ctx, Id<journeys::FollowUpTask>{act.subject}, patch, any);
    }

    Workbench& bench_;
    db::Session& tx_;
    Time real_now_;
    Clock past_;
    DemoSender sender_;
    DemoEvents events_;
    Modules modules_;
    accounts::Opened account_;
    std::map<std::size_t, Id<Client>> clients_;
    std::priority_queue<Act> acts_;
};

Task<bool> play(Workbench& bench, const Config& config, std::string hash) {
    auto ctx = bench.context();
    auto body = [&](db::Session& tx) -> Task<bool> {
        co_await tx.one<std::string>(lock_sql);
        auto taken = co_await tx.one<bool>(any_account_sql);
        if (taken) co_return false;
        Play drama(bench, config, tx);
        co_await drama.run(hash);
        co_return true;
    };
    co_return co_await bench.db.transaction(ctx, body);
}

} // namespace

bool make_demo(Workbench& bench, const Config& config) {
    return bench.run(play(bench, config, hash_password(demo_password)));
}

std::string demo_logins() {
    return fmt::format(
        "Sign in as {} (Nora Bell, Maple Street Homes) or {} (Sam Ortiz, the agency Lakeside Realty Group)\n"
        "with the password: {}\n",
        demo_email, demo_agency_email, demo_password
    );
}

bool has_demo(Workbench& bench) {
    auto ctx = bench.context();
    return bench.run(bench.db.one<bool>(ctx, demo_owner_sql, std::string(demo_email)));
}

} // namespace doorstep::app
