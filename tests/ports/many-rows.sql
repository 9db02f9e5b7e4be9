create table many (i integer, text text);
begin;
with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000)
insert into many select i, 'row ' || i from n;
commit;
create index by_text on many (text);
begin;
delete from many;
rollback;
select count(*), sum(i) from many;
select i from many where text = 'row 12345';
pragma integrity_check;
