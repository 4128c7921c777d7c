// SPDX-License-Identifier: MIT
/*
 * strerror.c - words for what the functions of the API return.
 */
#include "state.h"
#include "strerror.h"

const char *scrt_strerror(int err)
{
	if (err >= 0)
		return "no error";
	switch (err) {
	case -EPERM:
		return "the key is sealed, or the system does not let this program change its code";
	case -EACCES:
		return "the system does not let this program change its code, or the key is read-only";
	case -EROFS:
		return "the key is sealed";
	case -ENOENT:
		return "no registered module calls through this key";
	case -ENOMEM:
		return "out of memory, or over a limit for writable memory (RLIMIT_DATA, mappings)";
	case -EFAULT:
		return "a call site is not in executable memory, or a key not in any";
	case -EBUSY:
		return "the module is registered elsewhere";
	case -ECANCELED:
		return "switched off by the environment variable STATIC_CALL";
	case -ESTALE:
		return "code of the module was moved after it was linked";
	case -ERANGE:
		return "the function is too far away for a direct call";
	case -EAGAIN:
		return "code as it was linked has come back; the next change patches it";
	case -ENODATA:
		return "the key is NULL";
	case -EINVAL:
		return "invalid argument, or tables of an unknown layout";
	case -EDEADLK:
		return "called while this thread is inside the runtime";
	case -ENOSYS:
		return "the static_call runtime is not linked";
	case -EPROTO:
		return "another copy of the runtime is loaded, or may be, that this one cannot work with";
	case -EOPNOTSUPP:
		return "the function may change registers that calls of this key keep";
	case -ETXTBSY:
		return "a breakpoint on a call site, or in code that is replaced, is in the way";
	case -EILSEQ:
		return "a call site does not hold the expected instruction";
	default:
		return "unexpected error of the system";
	}
}

const char *static_call_key_rt_strerror(int err)
{
	return scrt_strerror(err);
}
