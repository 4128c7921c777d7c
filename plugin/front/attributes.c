/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * __attribute__((static_call_key)), with any of the arguments "nop_if_null", "pure"
 * and "const": accepted on what can be a key, an error on everything else. The
 * attribute stays on the declaration; keys.c reads it there.
 *
 * The front end calls the handler before it has laid out the type, and, for a
 * template, with types that depend on its arguments. What cannot be judged then
 * is accepted, and judged again when the declaration is finished or where it is
 * used: a member that turns out to be no pointer to function is no key.
 */
#include "gcc-compat.h"
#include "model/options.h"
#include "model/keys.h"
#include "model/sets.h"
#include "front/front.h"

/* Is this the field of a base class that others cannot see? */
static bool base_is_private(const_tree type, const_tree field)
{
	tree binfo = TYPE_BINFO(type), base;
	unsigned int i;

	if (!binfo || DECL_NAME(field) || !BINFO_BASE_ACCESSES(binfo))
		return false;
	for (i = 0; BINFO_BASE_ITERATE(binfo, i, base); i++)
		/* The field may have a variant without tail padding, of the same name. */
		if (TYPE_IDENTIFIER(BINFO_TYPE(base)) == TYPE_IDENTIFIER(TREE_TYPE(field)))
			return BINFO_BASE_ACCESS(binfo, i) != access_public_node;
	return false;
}

/*
 * Does the type hold a pointer to function, at any depth, that is not private to a class? In
 * C none is.
 */
static bool shows_fnptr(const_tree type)
{
	tree field;

	if (sck_is_fnptr(type))
		return true;
	if (TREE_CODE(type) == ARRAY_TYPE)
		return shows_fnptr(TREE_TYPE(type));
	if (!RECORD_OR_UNION_TYPE_P(type))
		return false;
	for (field = TYPE_FIELDS(type); field; field = DECL_CHAIN(field))
		if (TREE_CODE(field) == FIELD_DECL && !TREE_PRIVATE(field) &&
		    !TREE_PROTECTED(field) && !base_is_private(type, field) &&
		    TREE_TYPE(field) != error_mark_node && shows_fnptr(TREE_TYPE(field)))
			return true;
	return false;
}

/*
 * The complaint about a decl that cannot be a key, or NULL. Each is a format
 * with one %qD, and says the way out.
 */
static const char *key_misuse(tree decl)
{
	tree type = TREE_TYPE(decl);

	switch (TREE_CODE(decl)) {
	case TYPE_DECL:
		return G_("%<static_call_key%> on the type %qD: tag variables or members instead");
	case FUNCTION_DECL:
		return G_("%<static_call_key%> on the function %qD: "
			  "tag the pointer that calls go through");
	case PARM_DECL:
		return G_("%<static_call_key%> on the parameter %qD: "
			  "only objects with static storage can be keys");
	case FIELD_DECL:
		if (DECL_BIT_FIELD(decl) || DECL_C_BIT_FIELD(decl))
			return G_("%<static_call_key%> on the bit-field %qD: "
				  "a key is a whole pointer to function");
		break;
	case VAR_DECL:
		if (VAR_P(decl) && DECL_THREAD_LOCAL_P(decl))
			return G_("%<static_call_key%> on the thread-local variable %qD: "
				  "its call sites would be shared by all threads");
		if (DECL_REGISTER(decl) && !TREE_STATIC(decl) && !DECL_EXTERNAL(decl))
			return G_("%<static_call_key%> on the register variable %qD: "
				  "only objects with static storage can be keys");
		if (DECL_HARD_REGISTER(decl))
			return G_("%<static_call_key%> on the register variable %qD: "
				  "a key must have an address");
		if (!TREE_STATIC(decl) && !DECL_EXTERNAL(decl) && decl_function_context(decl))
			return G_("%<static_call_key%> on the local variable %qD: "
				  "only objects with static storage can be keys; "
				  "make it %<static%>");
		break;
	default:
		return G_("%<static_call_key%> on %qD, which is neither a variable nor a member");
	}
	if (type == error_mark_node || sck_dependent_type(type))
		return NULL;
	if (TREE_CODE(type) == REFERENCE_TYPE)
		return G_("%<static_call_key%> on the reference %qD: tag what it refers to");
	type = strip_array_types(type);
	if (sck_is_fnptr(type))
		return NULL;
	if (RECORD_OR_UNION_TYPE_P(type)) {
		if (!COMPLETE_TYPE_P(type) || sck_holds_fnptr(type))
			return NULL;
		return G_("%<static_call_key%> on %qD, which holds no pointer to function");
	}
	return G_("%<static_call_key%> on %qD, which is not a pointer to function");
}

/*
 * A tag that is accepted and does nothing: no call through such an object can ever be made
 * direct. NULL if there may be one; else a format with one %qD.
 */
static const char *key_in_vain(tree decl)
{
	tree type = TREE_TYPE(decl), name;

	if (!type || type == error_mark_node || sck_dependent_type(type))
		return NULL;
	type = strip_array_types(type);
	if (TYPE_ATOMIC(type))
		return G_("%<static_call_key%> does nothing for %qD, which is atomic: "
			  "each call has to load it");
	if (TYPE_VOLATILE(type) || TREE_THIS_VOLATILE(decl))
		return G_("%<static_call_key%> does nothing for %qD, which is volatile: "
			  "each call has to load it");
	if (!ADDR_SPACE_GENERIC_P(TYPE_ADDR_SPACE(type)))
		return G_("%<static_call_key%> does nothing for %qD, which is in a named "
			  "address space");
	if (!RECORD_OR_UNION_TYPE_P(type) || !COMPLETE_TYPE_P(type))
		return NULL;
	/* std::function: its own functions make the call, through this, for any object. */
	name = TYPE_NAME(TYPE_MAIN_VARIANT(type));
	if (name && DECL_P(name) && DECL_IN_SYSTEM_HEADER(name) && !shows_fnptr(type))
		return G_("%<static_call_key%> does nothing for %qD: all pointers to function in "
			  "its class are private; use a pointer to function");
	return NULL;
}

static void key_warn_in_vain(tree decl)
{
	const char *text = key_in_vain(decl);

	if (text)
		warning_at(DECL_SOURCE_LOCATION(decl), OPT_Wattributes, text, decl);
}

/* A type that nop_if_null can make a value of: 0 in %rax, or %rdx:%rax. */
static bool null_in_registers(const_tree type)
{
	return VOID_TYPE_P(type) || INTEGRAL_TYPE_P(type) || POINTER_TYPE_P(type) ||
	       TREE_CODE(type) == OFFSET_TYPE || TREE_CODE(type) == NULLPTR_TYPE;
}

/* All pointers to function below a nop_if_null tag must return such a type. */
static tree null_bad_return(tree type)
{
	tree field, bad;

	if (sck_is_fnptr(type)) {
		tree ret = TREE_TYPE(TREE_TYPE(type));

		return null_in_registers(ret) || sck_dependent_type(ret) ? NULL_TREE : ret;
	}
	if (TREE_CODE(type) == ARRAY_TYPE)
		return null_bad_return(TREE_TYPE(type));
	if (!RECORD_OR_UNION_TYPE_P(type))
		return NULL_TREE;
	for (field = TYPE_FIELDS(type); field; field = DECL_CHAIN(field)) {
		if (TREE_CODE(field) != FIELD_DECL)
			continue;
		bad = null_bad_return(TREE_TYPE(field));
		if (bad)
			return bad;
	}
	return NULL_TREE;
}

/* Complain where nop_if_null cannot work; false if so. */
static bool key_check_null(tree decl)
{
	tree bad = NULL_TREE;

	if (TREE_TYPE(decl) != error_mark_node && !sck_dependent_type(TREE_TYPE(decl)))
		bad = null_bad_return(TREE_TYPE(decl));
	if (!bad)
		return true;
	error_at(DECL_SOURCE_LOCATION(decl),
		 "%<\"nop_if_null\"%> on %qD: a function that returns %qT has no zero to "
		 "return; only %<void%>, integers and pointers have",
		 decl, bad);
	return false;
}

static bool key_argument_known(tree value)
{
	return value && TREE_CODE(value) == STRING_CST &&
	       (!strcmp(TREE_STRING_POINTER(value), "nop_if_null") ||
		!strcmp(TREE_STRING_POINTER(value), "pure") ||
		!strcmp(TREE_STRING_POINTER(value), "const"));
}

/* The front end meets the tag on a declaration whose type may not be laid out yet. */
static tree handle_key(tree *node, tree name, tree args, int flags, bool *no_add_attrs)
{
	tree decl = *node;
	location_t loc = input_location;
	const char *complaint;
	tree arg;

	if (DECL_P(decl))
		loc = DECL_SOURCE_LOCATION(decl);
	else if (TYPE_STUB_DECL(decl))
		loc = DECL_SOURCE_LOCATION(TYPE_STUB_DECL(decl));
	*no_add_attrs = true;
	if (sck_options.disable)
		return NULL_TREE;
	if (!DECL_P(decl)) {
		if (sck_tag_is_early(decl, flags))
			return tree_cons(name, args, NULL_TREE);
		error_at(loc, "%<static_call_key%> on a type: tag variables or members instead");
		return NULL_TREE;
	}
	if (!sck_machine_supported())
		return NULL_TREE;
	for (arg = args; arg; arg = TREE_CHAIN(arg)) {
		if (key_argument_known(TREE_VALUE(arg)))
			continue;
		error_at(loc, "unknown argument of %<static_call_key%>: there are "
			      "%<\"nop_if_null\"%>, %<\"pure\"%> and %<\"const\"%>");
		return NULL_TREE;
	}
	complaint = key_misuse(decl);
	if (complaint) {
		error_at(loc, complaint, decl);
		return NULL_TREE;
	}
	if (sck_tag_says(tree_cons(name, args, NULL_TREE), "nop_if_null") && !key_check_null(decl))
		return NULL_TREE;
	/* The C front end does not say when a member is finished; it has its type here. */
	if (TREE_CODE(decl) == FIELD_DECL && !c_dialect_cxx())
		key_warn_in_vain(decl);
	sck_note_tagged(decl);
	*no_add_attrs = false;
	return NULL_TREE;
}

static struct attribute_spec key_spec = {
	SCK_ATTRIBUTE, /* name */
	0,
	3,     /* arguments */
	false, /* decl_required: types get a better message from us */
	false,
	false, /* type_required, function_type_required */
	false, /* affects_type_identity */
	handle_key,
	NULL
};

/* static_call.h has this attribute on its functions; a program has no use for it. */
static tree handle_api(tree *node, tree name, tree args, int, bool *no_add_attrs)
{
	tree what = TREE_VALUE(args);

	*no_add_attrs = sck_options.disable;
	if (TREE_CODE(*node) == FUNCTION_DECL && TREE_CODE(what) == STRING_CST &&
	    (!strcmp(TREE_STRING_POINTER(what), SCK_API_UPDATE) ||
	     !strcmp(TREE_STRING_POINTER(what), SCK_API_RUNTIME)))
		return NULL_TREE;
	*no_add_attrs = true;
	error_at(DECL_SOURCE_LOCATION(*node), "%qE is for the functions of %<static_call.h%>",
		 name);
	return NULL_TREE;
}

static struct attribute_spec api_spec = {
	SCK_API,           /* name */
	1,          1,     /* arguments */
	true,              /* decl_required */
	false,      false, /* type_required, function_type_required */
	false,             /* affects_type_identity */
	handle_api, NULL
};

void sck_register_attributes(void *, void *)
{
	/* One that was loaded with "disable" has no pass that tells of it. */
	if (lookup_attribute_spec(get_identifier(SCK_ATTRIBUTE)))
		fatal_error(UNKNOWN_LOCATION,
			    "there are two copies of the %<static_call%> plugin in this "
			    "compilation: load one of them");
	register_attribute(&key_spec);
	register_attribute(&api_spec);
	sck_register_clobbers();
	sck_register_thunk();
	sck_register_inline();
	sck_register_dynamic();
}

/* The clobber set of a function, or of those that a pointer points to. */
static void finish_function(tree decl)
{
	tree type = TREE_TYPE(decl);

	if (type && POINTER_TYPE_P(type))
		type = TREE_TYPE(type);
	if (type && FUNC_OR_METHOD_TYPE_P(type) && !sck_dependent_type(TREE_TYPE(type)) &&
	    sck_clobbers_fit(type, DECL_SOURCE_LOCATION(decl)))
		sck_finish_thunk(decl);
}

/* A declaration is complete, its type laid out: judge what had to wait. */
void sck_finish_decl(void *event_data, void *)
{
	tree decl = (tree)event_data;
	const char *complaint;
	tree tag;

	if (decl && DECL_P(decl))
		finish_function(decl);
	if (!decl || (TREE_CODE(decl) != VAR_DECL && TREE_CODE(decl) != FIELD_DECL))
		return;
	if (VAR_P(decl))
		sck_settle_dynamic(decl);
	tag = sck_tag_of(decl);
	if (!tag)
		return;
	if (VAR_P(decl))
		sck_note_declared(decl);
	complaint = key_misuse(decl);
	if (!complaint)
		key_warn_in_vain(decl);
	if (complaint)
		error_at(DECL_SOURCE_LOCATION(decl), complaint, decl);
	else if (sck_tag_says(tag, "nop_if_null"))
		key_check_null(decl);
}
