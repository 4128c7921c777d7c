/* SPDX-License-Identifier: MIT */
/* tables.h - the tables of a module; see tables.c. */
#ifndef STATIC_CALL_TABLES_H
#define STATIC_CALL_TABLES_H

#include "state.h"

#pragma GCC visibility push(hidden)

/* Can the tables that this names be read? */
bool scrt_descriptor_ok(const struct static_call_key_module *d);

/* What the sites of a prelinked record do in the file; false if the record contradicts itself. */
bool scrt_record_initial(const struct static_call_key_module *d,
			 const struct static_call_key_record *r, struct scrt_aim *aim);

/* What the runtime keeps of a module, from its tables. 0, -EINVAL, -EFAULT, -ENOMEM. */
int scrt_module_make(struct static_call_key_module *desc, struct scrt_module **made);

/* Look at all of its sites, once: until then none may be changed, and order[] has no flags. */
void scrt_module_begin(struct scrt_module *m);

#pragma GCC visibility pop

#endif /* STATIC_CALL_TABLES_H */
