drop function app.wants_summary(text, text);
drop table summary_runs;
-- The owner, too, sees no tenant's rows otherwise.
alter table digest_preferences no force row level security;
alter table accounts no force row level security;
update digest_preferences d set language = a.language from accounts a where a.id = d.account_id and d.language is null;
alter table accounts force row level security;
alter table digest_preferences force row level security;
alter table digest_preferences
    alter column language set default 'en',
    alter column language set not null,
    drop column weekly_summary,
    drop column monthly_summary,
    drop column summaries_since;
