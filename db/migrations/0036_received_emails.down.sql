drop table received_emails;
