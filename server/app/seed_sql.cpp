#include "app/seed_sql.hpp"

namespace doorstep::app {

// A contact's number in its account decides everything about it, so that each statement can work out again what the ones before
// it made. "offset 0" keeps a row's moments from being worked out again wherever they are named, which took most of the time.
const char* const seed_functions_sql = R"sql(
create function pg_temp.seed_id(at timestamptz, number bigint, n bigint) returns uuid language sql immutable as $$
    select (lpad(to_hex((date_part('epoch', at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(n & 4095), 3, '0')
        || '8' || lpad(to_hex(number), 4, '0') || lpad(to_hex(n), 11, '0'))::uuid
$$;
create function pg_temp.pick(n bigint, choices text[]) returns text language sql immutable as $$
    select choices[1 + n % array_length(choices, 1)]
$$;
-- Half a year of arrivals, at office hours.
create function pg_temp.arrived(n bigint, people bigint, now timestamptz) returns timestamptz language sql immutable as $$
    select date_trunc('day', now, 'UTC') - interval '1 day' * (1 + n * 180 / people) + interval '1 hour' * (14 + n % 4)
$$;
create function pg_temp.step_due(arrived timestamptz, step bigint) returns timestamptz language sql immutable as $$
    select arrived + interval '1 day' * (array[1, 3, 7, 14, 30])[step]
$$;
-- Of ten e-mails the first five are the follow-up's, as far as they were due; the others lie between arrival and now.
create function pg_temp.mailed(arrived timestamptz, letter bigint, now timestamptz) returns timestamptz language sql immutable as $$
    select case when letter <= 5 and pg_temp.step_due(arrived, letter) < now then pg_temp.step_due(arrived, letter)
                else arrived + (now - arrived) * (letter / 11.0) end
$$;

create function pg_temp.seed_account(account uuid, number bigint, people bigint, now timestamptz) returns void language plpgsql as $$
begin
    insert into contacts (account_id, id, name, email, email_key, phone, phone_e164, property_address, property_type, stage, notes, tags,
                          last_contacted, created_at, updated_at)
    select account, pg_temp.seed_id(at, number, n), first || ' ' || last, mailbox, mailbox,
        '(' || area || ') 555-01' || line, '+1' || area || '55501' || line,
        (n * 7 % 990 + 10) || ' ' || pg_temp.pick(n / 3, '{Oak,Maple,Cedar,Harbor,Mill,Orchard,Ferry,Willow}') || ' '
            || pg_temp.pick(n / 5, '{St,Ave,Rd,Ln,Ct}') || ', ' || pg_temp.pick(n / 7, '{Springfield,Millbrook,Eastport,Fairhaven}'),
        pg_temp.pick(n / 2, '{residential,residential,residential,commercial,land,other}'),
        pg_temp.pick(n, '{lead,lead,lead,lead,negotiating,negotiating,under_contract,closed,lost,lead}'),
        case when n % 3 = 0 then 'Prefers to be called in the evening; has two dogs and wants a garden.' end,
        case when n % 4 = 0 then array[pg_temp.pick(n, '{seller,buyer,investor,referral}')] else '{}' end,
        pg_temp.mailed(at, 10, now), at, at
    from (
        select n, pg_temp.arrived(n, people, now) as at,
            pg_temp.pick(n, '{Ada,Ben,Carla,Dmitri,Elena,Farid,Grace,Hugo,Ines,Jonas,Kira,Liam,Mona,Noah,Olga,Paul,Quinn,Rosa,Sami,Tara}') as first,
            pg_temp.pick(n / 20, '{Abel,Baker,Costa,Diaz,Engel,Fox,Gomez,Hahn,Ito,Jansen,Kim,Lopez,Meyer,Novak,Okafor,Park,Quist,Rossi}') as last,
            'contact' || n || '.' || number || '@example.com' as mailbox,
            -- A hundred numbers an area code are nobody's; after eight hundred codes people have none.
            case when n < 79900 then (201 + n / 100)::text end as area, lpad((n % 100)::text, 2, '0') as line
        from generate_series(1, people) n
        offset 0
    ) people;

    insert into journeys (account_id, id, contact_id, template, status, created_at, anchor, ended_at, end_reason)
    select account, pg_temp.seed_id(at, number, people + n), pg_temp.seed_id(at, number, n), 'New client',
        case when over < now then 'completed' else 'in_progress' end, at, at, case when over < now then over end,
        case when over < now then 'every step is done' end
    from (
        select n, at, pg_temp.step_due(at, 5) as over
        from (select n, pg_temp.arrived(n, people, now) as at from generate_series(1, people) n offset 0) arrivals
        offset 0
    ) journeys;

    insert into tasks (account_id, id, contact_id, journey_id, followup_type, scheduled_for, status, priority, message_id, created_at,
                       updated_at, completed_at)
    select account, pg_temp.seed_id(at, number, people * 2 + n * 5 + step), pg_temp.seed_id(at, number, n),
        pg_temp.seed_id(at, number, people + n), (array['Day 1', 'Day 3', 'Week 1', 'Week 2', 'Month 1'])[step], due,
        case when due < now then 'completed' else 'pending' end, (array['high', 'medium', 'medium', 'low', 'low'])[step],
        case when due < now then pg_temp.seed_id(due, number, people * 8 + n * 10 + step) end, at,
        case when due < now then due else at end, case when due < now then due end
    from (
        select n, step, at, pg_temp.step_due(at, step) as due
        from (select n, pg_temp.arrived(n, people, now) as at from generate_series(1, people) n offset 0) arrivals,
            generate_series(1, 5) step
        offset 0
    ) steps;

    insert into messages (account_id, id, contact_id, task_id, class, cause_key, from_email, from_name, to_email, to_name, subject,
                          body_html, body_text, source, status, dispatch, provider, provider_message_id, created_at, sent_at,
                          delivered_at, opened_at, clicked_at, person_opened_at, person_clicked_at)
    select account, pg_temp.seed_id(sent, number, people * 8 + n * 10 + letter), pg_temp.seed_id(at, number, n),
        case when planned then pg_temp.seed_id(at, number, people * 2 + n * 5 + letter) end,
        case when planned then 'followup' else 'personal' end, 'seed:' || n || ':' || letter, 'office@example.com', 'Seed office',
        'contact' || n || '.' || number || '@example.com', 'Contact ' || n, 'About your home, part ' || letter,
        '<p>Hello,</p><p>I wanted to check in about your home. A few days in, questions usually come up: what a realistic price is, how '
            || 'long things take, what to prepare first.</p><p>Ask me anything, large or small.</p><p>Best regards</p>',
        'Hello, I wanted to check in about your home. A few days in, questions usually come up. Ask me anything, large or small.',
        case when not planned then 'person' when letter % 2 = 0 then 'ai' else 'template' end, status, 'done', 'sendgrid',
        'seed-' || number || '-' || n || '-' || letter, sent, sent,
        case when status <> 'bounced' then sent + interval '20 seconds' end, opened, clicked, opened, clicked
    from (
        select *, case when status in ('opened', 'clicked') then sent + interval '10 minutes' end as opened,
            case when status = 'clicked' then sent + interval '11 minutes' end as clicked
        from (
            select n, letter, at, pg_temp.mailed(at, letter, now) as sent, letter <= 5 and pg_temp.step_due(at, letter) < now as planned,
                pg_temp.pick(n + letter * 3, '{delivered,opened,opened,clicked,delivered,opened,delivered,clicked,delivered,bounced}') as status
            from (select n, pg_temp.arrived(n, people, now) as at from generate_series(1, people) n offset 0) arrivals,
                generate_series(1, 10) letter
            offset 0
        ) letters
        offset 0
    ) outcomes;

    -- Each e-mail's two events: what became of it, and who looked at it (a machine, where no person did).
    insert into message_events (account_id, message_id, provider_event_id, event, at, machine, data, received_at)
    select account_id, id, provider_message_id || '-' || part,
        case when part = 2 then case status when 'clicked' then 'click' else 'open' end
             when status = 'bounced' then 'bounce' else 'delivered' end,
        case when part = 1 then sent_at + interval '20 seconds' else coalesce(clicked_at, opened_at, sent_at + interval '1 minute') end,
        part = 2 and opened_at is null, '{}', sent_at + interval '15 minutes'
    from messages, generate_series(1, 2) part where account_id = account;

    insert into events (account_id, id, at, kind, contact_id, actor_kind, actor_name, data)
    select account, pg_temp.seed_id(created_at, number, people * 20 + row_number() over ()), created_at, 'client_created', id, 'user',
        'Seed owner', jsonb_build_object('stage', stage)
    from contacts where account_id = account;

    insert into events (account_id, id, at, kind, contact_id, task_id, message_id, actor_kind, actor_name, data)
    select account, pg_temp.seed_id(sent_at, number, people * 30 + row_number() over ()), sent_at, 'email_sent', contact_id, task_id, id,
        'system', 'system', jsonb_build_object('subject', subject)
    from messages where account_id = account and sent_at > now - interval '30 days';
end
$$;
)sql";

} // namespace doorstep::app
