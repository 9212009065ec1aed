-- A link lets in who reads the address that it was mailed to, and nobody else, whatever becomes of the business's address.
alter table client_onboarding_tokens add column email text, add column email_key text;
update client_onboarding_tokens t set email = p.email, email_key = p.email_key
  from client_profiles p where p.business_id = t.business_id;
alter table client_onboarding_tokens alter column email set not null, alter column email_key set not null;

-- Open links whose business has got another address since then are in the wrong mailbox.
update client_onboarding_tokens t set revoked_at = greatest(now(), t.created_at)
 where t.consumed_at is null and t.revoked_at is null and exists (
    select from audit_log a
     where a.account_id = t.agency_id and a.subject_id = t.business_id and a.action = 'business_updated' and a.after ? 'email'
       and a.at > t.created_at
 );
