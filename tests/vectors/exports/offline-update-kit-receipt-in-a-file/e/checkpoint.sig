log.example - 7
3
lPvQ3YNvUDAWkubQ6t5yjuGexSv/8WBu2AfIV11aqhk=

— log.example AAAAALjo1KEu4r3qqMsNoafMO9LnYCROwIedE17X6FSN4pLmMI9Ave+8lNnYJHFjHS1r3pStfz4ZYfDJVHTWCFv+Cg4=
