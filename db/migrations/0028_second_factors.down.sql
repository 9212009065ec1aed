drop table passkey_challenges, passkeys, recovery_codes, user_totp;
