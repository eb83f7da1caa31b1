insert into search_postings select * from search_tail order by token, document;
delete from search_tail;
