untrusted comment: $(touch owned)
RWQBd1C3DoLJ+yczpy+kK/MdoyzjJHNMGhvtM5Z1Sgl57j0HIQaANUqmq35q+2D0XKTQL9NloypY8gh4K4Rb6UeQ6pzkED5ARAQ=
first release of the demo
