/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A missing value is an error, which lists the possible ones. */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-static_call-stores" } */
/* { dg-error "unrecognized plugin option .-fplugin-arg-static_call-stores.: its values are sync, named, warn, error" "" { target *-*-* } 0 } */
/* { dg-prune-output "fail(ed)? to initialize plugin" } */
int x;
