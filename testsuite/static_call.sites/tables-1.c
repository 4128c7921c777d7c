/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tables that do not add up: the module is refused and runs on through its
 * trampolines, or a site is left alone; never a crash.
 */
#include <sys/mman.h>

#include "sites.h"

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
long f2(long x) { return x + 2; }
fn key = f1, key2 = f1;
KEY(key, 0);
KEY(key2, 0);
SITE_CALL(call_key, key);
SITE_TAIL(tail_key, key, 0);
SITE_CALL(call_key2, key2);
long call_key(long), tail_key(long), call_key2(long);
/* sites that are not as they should be */
FUNCTION(call_crossing, "sub $8, %rsp\n .p2align 4\n .nops 4\n"
	 "call static_call_key_trampoline.key\n 771:\n"
	 ENTRY(key, 0) "add $8, %rsp\n ret\n");
FUNCTION(call_other_key, "sub $8, %rsp\n .p2align 3,,4\n"
	 "call static_call_key_trampoline.key2\n 771:\n"
	 ENTRY(key, 0) "add $8, %rsp\n ret\n");
FUNCTION(call_int3, "sub $8, %rsp\n .p2align 3,,4\n int3\n .nops 4\n 771:\n"
	 ENTRY(key, 0) "add $8, %rsp\n ret\n");
FUNCTION(call_as_tail, "sub $8, %rsp\n .p2align 3,,4\n"
	 "call static_call_key_trampoline.key\n 771:\n"
	 ENTRY(key, 1) "add $8, %rsp\n ret\n");
FUNCTION(call_prefixed, "sub $8, %rsp\n .p2align 3,,4\n"
	 ".byte 0x48, 0xb8\n .long 0\n 771:\n" ENTRY(key, 0)
	 ".byte 0, 0, 0, 0\n add $8, %rsp\n ret\n");
long call_crossing(long), call_other_key(long);
MODULE

#define SITES	((struct static_call_key_site *)module.sites_start)
#define RECORDS	((struct static_call_key_record *)module.records_start)

#define REFUSED(lvalue, value, error) do {					\
	__typeof__(lvalue) old_ = (lvalue);					\
	(lvalue) = (value);							\
	CHECK(static_call_key_rt_register(&module) == (error));			\
	(lvalue) = old_;							\
	CHECK(module.runtime == 0 && call_key(0) == 1 && tail_key(0) == 1);	\
} while (0)

int main(void)
{
	struct static_call_key_module m0 = module, empty;
	static struct static_call_key_target target = {
		.target = (uintptr_t)main, .clobbers = { 1, STATIC_CALL_KEY_CLOBBERS_KNOWN },
	};
	struct static_call_key_info info;
	uintptr_t page = module.sites_start & ~4095ul;
	void *hole;
	int i;

	CHECK(!mprotect((void *)page, module.sites_stop - page, PROT_READ | PROT_WRITE));
	CHECK(static_call_key_rt_register(NULL) == -EINVAL);
	REFUSED(module.version, 1, -EINVAL);
	REFUSED(module.version, 3, -EINVAL);
	REFUSED(module.version, 5, -EINVAL);
	REFUSED(module.size, 72, -EINVAL);
	REFUSED(module.flags, 4, -EINVAL);
	REFUSED(module.room, 1, -EINVAL);
	module.targets_start = (uintptr_t)&target;
	REFUSED(module.targets_stop, module.targets_start + 8, -EINVAL);
	REFUSED(module.targets_stop, module.targets_start - sizeof(target), -EINVAL);
	module.targets_stop = module.targets_start + sizeof(target);
	REFUSED(module.targets_start, module.targets_start + 4, -EINVAL);
	REFUSED(target.clobbers[1], 0, -EINVAL);
	REFUSED(target.reserved, 1, -EINVAL);
	/* a linker that defines one bound of two, and tables that are nowhere */
	module = m0;
	module.objects_start = (uintptr_t)&target & ~7ul;
	module.objects_stop = module.objects_start + STATIC_CALL_KEY_OBJECT_SIZE;
	REFUSED(module.objects_stop, module.objects_start + 8, -EINVAL);
	REFUSED(module.objects_stop, module.objects_start - 16, -EINVAL);
	REFUSED(module.objects_start, module.objects_start + 4, -EINVAL);
	module = m0;
	module.targets_start = 0;
	REFUSED(module.targets_stop, m0.sites_stop & ~31ul, -EINVAL);
	REFUSED(module.targets_stop, 32, -EINVAL);
	hole = mmap((void *)(((uintptr_t)&module & ~4095ul) + (64 << 20)), 4096, PROT_NONE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	module.targets_start = (uintptr_t)hole;
	REFUSED(module.targets_stop, module.targets_start + 32, -EINVAL);
	module.targets_start = (uintptr_t)mmap(NULL, 4096, PROT_READ | PROT_WRITE,
					       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(module.targets_start != (uintptr_t)MAP_FAILED);
	((struct static_call_key_target *)module.targets_start)[0] = target;
	module.targets_start += 1ull << 32;
	REFUSED(module.targets_stop, module.targets_start + 32, -EINVAL);
	module = m0;
	REFUSED(module.sites_start, 0, -EINVAL);
	REFUSED(module.records_start, 0, -EINVAL);
	REFUSED(module.runtime, 1, -EBUSY);
	module = m0;
	REFUSED(module.sites_stop, module.sites_start - 8, -EINVAL);
	REFUSED(module.sites_stop, module.sites_stop - 1, -EINVAL);
	REFUSED(module.sites_start, module.sites_start + 2, -EINVAL);
	REFUSED(module.records_stop, module.records_stop - 1, -EINVAL);
	REFUSED(module.records_stop, module.records_start, -EINVAL);
	REFUSED(module.records_start, module.records_start + 64, -EINVAL);
	REFUSED(module.records_start, module.records_start + 32, -EINVAL);
	REFUSED(RECORDS[0].version, 0, -EINVAL);
	REFUSED(RECORDS[1].size, 0, -EINVAL);
	REFUSED(RECORDS[1].flags, 8, -EINVAL);
	REFUSED(RECORDS[1].flags, 0x80000000u, -EINVAL);
	REFUSED(RECORDS[0].reserved, 1u << 31, -EINVAL);
	REFUSED(RECORDS[0].initial, 1, -EINVAL);
	REFUSED(RECORDS[0].initial_body, 1, -EINVAL);
	REFUSED(RECORDS[0].null_code, 4, -EINVAL);	/* without nop_if_null */
	REFUSED(RECORDS[0].key, RECORDS[0].key + 4, -EINVAL);
	REFUSED(RECORDS[0].trampoline, 0, -EINVAL);
	REFUSED(SITES[0].record, SITES[0].record + 4, -EINVAL);		/* an unknown flag */
	REFUSED(SITES[0].record, SITES[0].record + 128, -EINVAL);	/* behind the table */
	REFUSED(SITES[0].record, SITES[0].record - 64, -EINVAL);	/* before it */
	REFUSED(SITES[0].record, 0x7fffffff, -EINVAL);
	REFUSED(SITES[0].record, -0x7fffffff, -EINVAL);
	/* an instruction where no code is */
	hole = mmap((void *)(((uintptr_t)call_key & ~4095ul) + (64 << 20)), 4096, PROT_NONE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	REFUSED(SITES[0].site, (int32_t)((intptr_t)hole - (intptr_t)&SITES[0].site), -EFAULT);
	REFUSED(SITES[0].site, (int32_t)((intptr_t)&key - (intptr_t)&SITES[0].site), -EFAULT);
	REFUSED(SITES[0].site, 0x7ffffff0, -EFAULT);
	REFUSED(SITES[0].site, -0x7ffffff0, -EFAULT);
	/* no sites is not an error: code of the module may store to keys */
	empty = m0;
	empty.sites_start = empty.sites_stop = empty.records_start = empty.records_stop = 0;
	CHECK(!static_call_key_rt_register(&empty) && empty.runtime);
	static_call_key_rt_unregister(&empty);
	CHECK(!empty.runtime);
	static_call_key_rt_unregister(NULL);

	/* the good and the strange together */
	CHECK(!static_call_key_rt_register(&module) && module.runtime);
	CHECK(!static_call_key_query(&key, &info));
	CHECK(info.sites == 7 && info.patched == 2 && info.stale == 0);
	for (i = 0; i < 7; i++)
		CHECK(!!(site_nth(&key, i).flags & STATIC_CALL_KEY_SITE_INFO_UNPATCHABLE) ==
		      (i >= 2));
	CHECK(static_call_key_verify() == 0);
	CHECK(!static_call_key_update(&key, f2));
	CHECK(call_key(0) == 2 && tail_key(0) == 2 && call_crossing(0) == 2);
	CHECK(call_other_key(0) == 1 && call_key2(0) == 1);
	CHECK(static_call_key_verify() == 0);
	static_call_key_rt_unregister(&module);
	CHECK(call_key(0) == 2 && tail_key(0) == 2);

	/* a weak key that is not there */
	RECORDS[0].key = 0;
	CHECK(!static_call_key_rt_register(&module));
	CHECK(static_call_key_query(&key, &info) == -ENOENT && !static_call_key_query(&key2, &info));
	CHECK(call_key(0) == 2);
	puts("ok");
	return 0;
}
