-- What is accepted and not yet fulfilled: next to nothing in calm times, and what a failover has to send again.

CREATE INDEX orders_accepted ON orders (id) WHERE status = 'accepted';
