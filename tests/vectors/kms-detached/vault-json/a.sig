{"data": {"signature": "vault:v1:a2c9lpIQ_jLS-IhNimXukD4NPa4YxAB7BqcXK7yzITkp_ASOWYOdBK0qqx5TUqJXGhHqJ_XNmmyxOJHo_LowoA"}}
